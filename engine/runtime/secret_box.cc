#include "engine/runtime/secret_box.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "engine/base/check.h"
#include "engine/kv/durable_file.h"

namespace onewindow {
namespace {

constexpr size_t kNonceBytes = 12;
constexpr size_t kTagBytes = 16;

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

// One for each thread: making one costs more than sealing a name.
EVP_CIPHER_CTX* ThreadCipher() {
  thread_local const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  CHECK(context != nullptr);
  return context.get();
}

// OpenSSL looks an algorithm up by name at every use of EVP_aes_256_gcm(), and that costs more than
// to seal a name; so once here.
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

SecretKey::~SecretKey() { OPENSSL_cleanse(bytes.data(), bytes.size()); }

Result<SecretKey> ReadKeyFile(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return SystemFault("cannot look at the key", path);
  if ((found.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Fault{FaultKind::kInvalid,
                 "the key " + path +
                     " can be read by others; it must belong to its owner alone (chmod 600)"};
  }
  Result<std::string> content = ReadWhole(path);
  if (!content.ok()) return content.fault();
  SecretKey key;
  if (content.value().size() != key.bytes.size()) {
    return Fault{FaultKind::kInvalid, "the key " + path + " must have exactly 32 bytes"};
  }
  std::copy(content.value().begin(), content.value().end(), key.bytes.begin());
  OPENSSL_cleanse(content.value().data(), content.value().size());
  return key;
}

Result<SecretKey> MakeKeyFile(const std::string& path, Entropy& entropy) {
  SecretKey key;
  entropy.Fill(key.bytes);
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.open()) return SystemFault("cannot create the key", path);
  const auto written = write(file.number(), key.bytes.data(), key.bytes.size());
  if (written != static_cast<ssize_t>(key.bytes.size()) || fsync(file.number()) != 0) {
    return SystemFault("cannot write the key", path);
  }
  return key;
}

std::string SealBox(const SecretKey& key, std::string_view plain, Entropy& entropy) {
  std::string box(kNonceBytes + plain.size() + kTagBytes, '\0');
  entropy.Fill({Bytes(box, 0), kNonceBytes});
  EVP_CIPHER_CTX* context = ThreadCipher();
  int written = 0;
  CHECK(EVP_EncryptInit_ex(context, Aes256Gcm(), nullptr, key.bytes.data(), Bytes(box)) == 1);
  CHECK(EVP_EncryptUpdate(context, Bytes(box, kNonceBytes), &written, Bytes(plain),
                          static_cast<int>(plain.size())) == 1);
  CHECK(EVP_EncryptFinal_ex(context, Bytes(box, kNonceBytes), &written) == 1);
  CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, kTagBytes,
                            Bytes(box, kNonceBytes + plain.size())) == 1);
  return box;
}

std::optional<std::string> OpenBox(const SecretKey& key, std::string_view box) {
  if (box.size() < kNonceBytes + kTagBytes) return std::nullopt;
  const size_t size = box.size() - kNonceBytes - kTagBytes;
  std::string tag(box.substr(kNonceBytes + size));
  std::string plain(size, '\0');
  EVP_CIPHER_CTX* context = ThreadCipher();
  int written = 0;
  CHECK(EVP_DecryptInit_ex(context, Aes256Gcm(), nullptr, key.bytes.data(), Bytes(box)) == 1);
  CHECK(EVP_DecryptUpdate(context, Bytes(plain, 0), &written, Bytes(box.substr(kNonceBytes)),
                          static_cast<int>(size)) == 1);
  CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, kTagBytes, Bytes(tag, 0)) == 1);
  if (EVP_DecryptFinal_ex(context, Bytes(plain, 0), &written) != 1) return std::nullopt;
  return plain;
}

}  // namespace onewindow
