#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/runtime/entropy.h"
#include "engine/runtime/secret_box.h"
#include "onewindow/v1/case.pb.h"

namespace google::protobuf {
class Message;
}

namespace onewindow {

class Kv;

inline constexpr size_t kPseudonymBytes = 16;
inline constexpr size_t kBodyHashBytes = 16;
inline constexpr size_t kContentMacBytes = 16;
inline constexpr size_t kQueryCodeCharacters = 8;

// The master key of the server: a file of 32 random bytes that only its owner may read. Whoever
// loses it loses all personal data; keep a copy away from the data. Made with a line in the
// server's log where there is none. kInvalid where the file has another length, or others may read
// it.
Result<SecretKey> OpenMasterKey(const std::string& path, Entropy& entropy);

// The server key, which makes pseudonyms, body hashes and query codes: kept in the store, wrapped
// under the master key, which it thereby outlives. Made where there is none. kInvalid where it was
// wrapped under another master key.
Result<SecretKey> OpenServerKey(const SecretKey& master_key, Kv& store, Entropy& entropy);

// Seals what is personal and keeps what is searched by. Callable from any thread.
//
// Format of a wrapped key: a box (secret_box.h) of the 32 bytes under the master key. Format of a
// sealed field: a box under the case's key.
class Vault {
 public:
  Vault(SecretKey master_key, SecretKey server_key, Entropy& entropy);

  SecretKey NewKey() const;
  std::string Wrap(const SecretKey& key) const;
  // kCorrupt unless `wrapped` is what Wrap made under this master key.
  Result<SecretKey> Unwrap(std::string_view wrapped) const;

  // Turns every text of a Sealed field, at any depth, into a box; an empty text into no content.
  // Requires: CheckTexts(message) finds nothing.
  void Seal(const SecretKey& key, google::protobuf::Message& message) const;
  // The other way round. kCorrupt where a box was not made under this key: the message is then half
  // unsealed and to be dropped.
  Status Unseal(const SecretKey& key, google::protobuf::Message& message) const;

  // HMAC of the applicant's document type and number, letters in upper case and spaces left out: 16
  // bytes. The same person always has the same.
  std::string Pseudonym(Applicant::DocumentType type, std::string_view number) const;
  // HMAC of the message's bytes, 16 bytes.
  std::string BodyHash(const google::protobuf::Message& message) const;
  // HMAC of a content's SHA-256 under its case's key, 16 bytes: equal contents of one case have the
  // same, those of two cases do not.
  static std::string ContentMac(const SecretKey& case_key, std::string_view sha256);
  // What an applicant types, besides the receipt number, to see where his case stands: 8 characters
  // without 0, O, 1, I, L.
  std::string QueryCode(CaseId case_id) const;

 private:
  class KeyedMac;

  SecretKey master_key_;
  std::shared_ptr<const KeyedMac> server_mac_;
  Entropy* entropy_;
};

}  // namespace onewindow
