#include "engine/runtime/vault.h"

#include <google/protobuf/message.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>

#include "engine/base/check.h"
#include "engine/kv/kv.h"
#include "engine/runtime/sealed_fields.h"
#include "engine/tables/bytes.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

constexpr std::string_view kQueryCodeAlphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

const uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}
uint8_t* Bytes(std::string& text) { return reinterpret_cast<uint8_t*>(text.data()); }

}  // namespace

Result<SecretKey> OpenMasterKey(const std::string& path, Entropy& entropy) {
  Result<SecretKey> key = ReadKeyFile(path);
  if (key.ok() || key.fault().kind != FaultKind::kNotFound) return key;
  key = MakeKeyFile(path, entropy);
  if (!key.ok()) return key;
  spdlog::warn(
      "made a new master key in {}: without it personal data cannot be read; keep a copy "
      "away from the data",
      path);
  return key;
}

Result<SecretKey> OpenServerKey(const SecretKey& master_key, Kv& store, Entropy& entropy) {
  const Vault vault(master_key, SecretKey(), entropy);
  Result<std::optional<std::string>> wrapped = store.Get(families::kMeta, kServerKeyKey);
  if (!wrapped.ok()) return wrapped.fault();
  if (wrapped.value()) {
    Result<SecretKey> key = vault.Unwrap(*wrapped.value());
    if (key.ok()) return key;
    return Fault{FaultKind::kInvalid, "the master key does not belong to this data"};
  }
  const SecretKey key = vault.NewKey();
  Batch batch;
  batch.Put(families::kMeta, kServerKeyKey, vault.Wrap(key));
  if (Status made = store.Commit(batch, Durability::kSynced); !made.ok()) return made.fault();
  return key;
}

// HMAC with SHA-256 under one key. Keyed once: that costs more than the digest of a short message.
class Vault::KeyedMac {
 public:
  explicit KeyedMac(const SecretKey& key) : keyed_(nullptr, &EVP_MAC_CTX_free) {
    EVP_MAC* hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    CHECK(hmac != nullptr);
    keyed_.reset(EVP_MAC_CTX_new(hmac));
    EVP_MAC_free(hmac);
    std::string digest = "SHA256";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    CHECK(EVP_MAC_init(keyed_.get(), key.bytes.data(), key.bytes.size(), params) == 1);
  }

  // The first `size` bytes. The purpose keeps equal bytes for different uses apart.
  std::string Of(std::string_view purpose, std::string_view bytes, size_t size) const {
    const MacContext context(EVP_MAC_CTX_dup(keyed_.get()), &EVP_MAC_CTX_free);
    CHECK(context != nullptr);
    const std::string prefix = ByteWriter().Text(purpose).U8(0).Take();
    CHECK(EVP_MAC_update(context.get(), Bytes(prefix), prefix.size()) == 1);
    CHECK(EVP_MAC_update(context.get(), Bytes(bytes), bytes.size()) == 1);
    std::string mac(EVP_MAX_MD_SIZE, '\0');
    size_t written = 0;
    CHECK(EVP_MAC_final(context.get(), Bytes(mac), &written, mac.size()) == 1);
    CHECK(size <= written);
    mac.resize(size);
    return mac;
  }

 private:
  using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;
  MacContext keyed_;
};

Vault::Vault(SecretKey master_key, SecretKey server_key, Entropy& entropy)
    : master_key_(master_key),
      server_mac_(std::make_shared<const KeyedMac>(server_key)),
      entropy_(&entropy) {}

SecretKey Vault::NewKey() const {
  SecretKey key;
  entropy_->Fill(key.bytes);
  return key;
}

std::string Vault::Wrap(const SecretKey& key) const {
  const std::string_view plain(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size());
  return SealBox(master_key_, plain, *entropy_);
}

Result<SecretKey> Vault::Unwrap(std::string_view wrapped) const {
  std::optional<std::string> plain = OpenBox(master_key_, wrapped);
  SecretKey key;
  if (!plain || plain->size() != key.bytes.size()) {
    return Fault{FaultKind::kCorrupt, "a key was not wrapped under this master key"};
  }
  std::copy(plain->begin(), plain->end(), key.bytes.begin());
  OPENSSL_cleanse(plain->data(), plain->size());
  return key;
}

void Vault::Seal(const SecretKey& key, google::protobuf::Message& message) const {
  ForEachSealed(message, [this, &key](Sealed& sealed) {
    if (sealed.text().empty()) {
      sealed.clear_content();
      return;
    }
    sealed.set_box(SealBox(key, sealed.text(), *entropy_));
  });
  CHECK(!HoldsPlainText(message));
}

Status Vault::Unseal(const SecretKey& key, google::protobuf::Message& message) const {
  Status status;
  ForEachSealed(message, [&key, &status](Sealed& sealed) {
    if (!sealed.has_box()) return;
    std::optional<std::string> plain = OpenBox(key, sealed.box());
    if (!plain) {
      status = Fault{FaultKind::kCorrupt, "a sealed field was not made under its case's key"};
      return;
    }
    sealed.set_text(*std::move(plain));
  });
  return status;
}

std::string Vault::Pseudonym(Applicant::DocumentType type, std::string_view number) const {
  std::string normal;
  for (const char character : number) {
    const auto byte = static_cast<unsigned char>(character);
    if (!std::isspace(byte)) normal.push_back(static_cast<char>(std::toupper(byte)));
  }
  const std::string bytes = ByteWriter().U32(static_cast<uint32_t>(type)).Text(normal).Take();
  return server_mac_->Of("applicant", bytes, kPseudonymBytes);
}

std::string Vault::BodyHash(const google::protobuf::Message& message) const {
  return server_mac_->Of("body", message.SerializeAsString(), kBodyHashBytes);
}

std::string Vault::ContentMac(const SecretKey& case_key, std::string_view sha256) {
  return KeyedMac(case_key).Of("content", sha256, kContentMacBytes);
}

std::string Vault::QueryCode(CaseId case_id) const {
  const std::string mac =
      server_mac_->Of("query", ByteWriter().U64(case_id.value).Take(), sizeof(uint64_t));
  uint64_t number = ByteReader(mac).U64();
  std::string code;
  for (size_t i = 0; i < kQueryCodeCharacters; ++i) {
    code.push_back(kQueryCodeAlphabet[number % kQueryCodeAlphabet.size()]);
    number /= kQueryCodeAlphabet.size();
  }
  return code;
}

}  // namespace onewindow
