#include "services/onewindow/token.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>

#include "engine/base/check.h"

namespace onewindow {

std::string MakeToken() {
  std::array<unsigned char, 32> random;
  CHECK(RAND_bytes(random.data(), static_cast<int>(random.size())) == 1) << "no random bytes";
  std::array<unsigned char, 4 * ((32 + 2) / 3) + 1> base64;
  int length = EVP_EncodeBlock(base64.data(), random.data(), static_cast<int>(random.size()));
  std::string token(base64.begin(), base64.begin() + length);
  std::erase(token, '=');
  for (char& c : token) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return token;
}

std::string TokenSha256(std::string_view token) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
  unsigned length = 0;
  CHECK(EVP_Digest(token.data(), token.size(), hash.data(), &length, EVP_sha256(), nullptr) == 1);
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += kDigits[hash[i] >> 4];
    text += kDigits[hash[i] & 15];
  }
  return text;
}

}  // namespace onewindow
