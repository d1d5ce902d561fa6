#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "onewindow/v1/credentials.pb.h"
#include "services/rpc/digest.h"

namespace onewindow {

// Which token is whose. Immutable.
class Credentials {
 public:
  // kInvalid, naming the entry, for a hash that is none, a person missing or "system", or a token
  // that two entries have.
  static Result<Credentials> Make(const CredentialsFile& file);

  // Whose token it is; nothing for an unknown or expired one.
  std::optional<std::string_view> PersonOf(std::string_view token, Instant now) const;
  size_t size() const { return holders_.size(); }

 private:
  struct Holder {
    std::string person;
    std::optional<Instant> expires;
  };
  struct DigestHash {
    size_t operator()(const Digest& digest) const;
  };

  std::unordered_map<Digest, Holder, DigestHash> holders_;
};

// Reads a credentials file (credentials.proto as YAML). kNotFound without the file; kInvalid with
// all problems, one a line.
Result<Credentials> ReadCredentials(const std::string& path);

// What a file of credentials says now. Callable from any thread.
class CredentialStore {
 public:
  // Without the file nobody has a token, until there is one.
  explicit CredentialStore(std::string path) : path_(std::move(path)) {}

  enum class Reread { kUnchanged, kTaken };
  // Looks whether the file changed since it was last looked at. A fault leaves the credentials as
  // they were, and is told once for each change.
  Result<Reread> RereadIfChanged();

  std::shared_ptr<const Credentials> current() const;

 private:
  // What tells one state of the file from another.
  struct Stamp {
    int64_t modified_ns = 0;
    int64_t bytes = -1;  // -1: no file.
    uint64_t inode = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  static Stamp StampOf(const std::string& path);

  const std::string path_;
  mutable std::mutex mutex_;
  std::optional<Stamp> seen_;                    // Guarded by mutex_.
  std::shared_ptr<const Credentials> current_ =  // Guarded by mutex_.
      std::make_shared<const Credentials>();
};

}  // namespace onewindow
