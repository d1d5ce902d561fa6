#include "engine/attachments/piece_cipher.h"

#include <openssl/evp.h>

#include <algorithm>
#include <limits>

#include "engine/base/check.h"

namespace onewindow {
namespace {

constexpr std::string_view kMagic = "OWF1";
constexpr size_t kCaseBytes = 8;
constexpr size_t kIndexBytes = 4;
constexpr size_t kNonceBytes = kFileSaltBytes + kIndexBytes + 1;
static_assert(kMagic.size() + kCaseBytes + kFileSaltBytes == kFileHeaderBytes);

const EVP_CIPHER* Aes256Gcm() {
  static const EVP_CIPHER* const kCipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  CHECK(kCipher != nullptr);
  return kCipher;
}

uint8_t* Bytes(std::string& text, size_t offset) {
  return reinterpret_cast<uint8_t*>(text.data()) + offset;
}
const uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

}  // namespace

void PieceCipher::FreeContext::operator()(evp_cipher_ctx_st* context) const {
  EVP_CIPHER_CTX_free(context);
}

PieceCipher::PieceCipher(Direction direction, FileKey key, const FileHeader& header)
    : context_(EVP_CIPHER_CTX_new()), header_(EncodeFileHeader(header)), salt_(header.salt) {
  CHECK(context_ != nullptr);
  CHECK(EVP_CipherInit_ex(context_.get(), Aes256Gcm(), nullptr, key.data(), nullptr,
                          static_cast<int>(direction)) == 1);
}

void PieceCipher::Begin(PiecePlace place) {
  CHECK(index_ <= std::numeric_limits<uint32_t>::max());
  std::array<uint8_t, kNonceBytes> nonce{};
  std::copy(salt_.begin(), salt_.end(), nonce.begin());
  for (size_t i = 0; i < kIndexBytes; ++i) {
    nonce[kFileSaltBytes + i] = static_cast<uint8_t>(index_ >> (8 * (kIndexBytes - 1 - i)));
  }
  nonce.back() = place == PiecePlace::kLast ? 1 : 0;
  ++index_;
  int written = 0;
  CHECK(EVP_CipherInit_ex(context_.get(), nullptr, nullptr, nullptr, nonce.data(), -1) == 1);
  CHECK(EVP_CipherUpdate(context_.get(), nullptr, &written, Bytes(header_),
                         static_cast<int>(header_.size())) == 1);
}

std::string PieceCipher::Seal(std::string_view piece, PiecePlace place) {
  CHECK(!piece.empty() && piece.size() <= kPieceBytes);
  CHECK(place == PiecePlace::kLast || piece.size() == kPieceBytes);
  Begin(place);
  std::string sealed(piece.size() + kPieceTagBytes, '\0');
  EVP_CIPHER_CTX* context = context_.get();
  int written = 0;
  CHECK(EVP_CipherUpdate(context, Bytes(sealed, 0), &written, Bytes(piece),
                         static_cast<int>(piece.size())) == 1);
  CHECK(EVP_CipherFinal_ex(context, Bytes(sealed, piece.size()), &written) == 1);
  CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, static_cast<int>(kPieceTagBytes),
                            Bytes(sealed, piece.size())) == 1);
  return sealed;
}

std::optional<std::string> PieceCipher::Open(std::string_view sealed, PiecePlace place) {
  if (sealed.size() <= kPieceTagBytes) return std::nullopt;
  Begin(place);
  const size_t size = sealed.size() - kPieceTagBytes;
  std::string tag(sealed.substr(size));
  std::string piece(size, '\0');
  EVP_CIPHER_CTX* context = context_.get();
  int written = 0;
  CHECK(EVP_CipherUpdate(context, Bytes(piece, 0), &written, Bytes(sealed),
                         static_cast<int>(size)) == 1);
  CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, static_cast<int>(kPieceTagBytes),
                            Bytes(tag, 0)) == 1);
  if (EVP_CipherFinal_ex(context, nullptr, &written) != 1) return std::nullopt;
  return piece;
}

std::string EncodeFileHeader(const FileHeader& header) {
  std::string bytes(kMagic);
  for (size_t i = 0; i < kCaseBytes; ++i) {
    bytes.push_back(static_cast<char>(header.case_id.value >> (8 * (kCaseBytes - 1 - i))));
  }
  bytes.append(header.salt.begin(), header.salt.end());
  return bytes;
}

std::optional<FileHeader> DecodeFileHeader(std::string_view bytes) {
  if (bytes.size() != kFileHeaderBytes || !bytes.starts_with(kMagic)) return std::nullopt;
  FileHeader header;
  for (const char byte : bytes.substr(kMagic.size(), kCaseBytes)) {
    header.case_id.value = header.case_id.value << 8 | static_cast<uint8_t>(byte);
  }
  const std::string_view salt = bytes.substr(kMagic.size() + kCaseBytes);
  std::copy(salt.begin(), salt.end(), header.salt.begin());
  return header;
}

}  // namespace onewindow
