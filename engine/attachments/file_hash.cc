#include "engine/attachments/file_hash.h"

#include <openssl/evp.h>

#include <array>
#include <cstdint>

#include "engine/base/check.h"

namespace onewindow {

void FileHash::FreeContext::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

FileHash::FileHash() : context_(EVP_MD_CTX_new()) {
  CHECK(context_ != nullptr);
  CHECK(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void FileHash::Add(std::string_view bytes) {
  CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

std::string FileHash::Finish() {
  std::array<uint8_t, kSha256HexCharacters / 2> digest{};
  CHECK(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
  std::string hex;
  for (const uint8_t byte : digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

}  // namespace onewindow
