#include "services/rpc/credentials.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "engine/casework/context.h"
#include "engine/clock/timestamp.h"
#include "engine/yaml/load.h"

namespace onewindow {
namespace {

Fault BadEntry(int index, std::string_view what) {
  return {FaultKind::kInvalid, "credentials[" + std::to_string(index) + "]." + std::string(what)};
}

std::optional<Digest> ParseDigest(std::string_view digits) {
  const auto bytes = FromHex(digits);
  Digest digest;
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::memcpy(digest.data(), bytes->data(), digest.size());
  return digest;
}

}  // namespace

size_t Credentials::DigestHash::operator()(const Digest& digest) const {
  size_t hash;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

Result<Credentials> Credentials::Make(const CredentialsFile& file) {
  Credentials credentials;
  for (int i = 0; i < file.credentials_size(); ++i) {
    const Credential& entry = file.credentials(i);
    const auto digest = ParseDigest(entry.token_sha256());
    if (!digest) return BadEntry(i, "token_sha256: expected 64 hexadecimal digits");
    if (entry.person().empty()) return BadEntry(i, "person: missing");
    if (entry.person() == kSystemPerson) return BadEntry(i, "person: \"system\" has no token");
    Holder holder{.person = entry.person(), .expires = std::nullopt};
    if (entry.has_expires()) holder.expires = ToInstant(entry.expires());
    if (!credentials.holders_.emplace(*digest, std::move(holder)).second) {
      return BadEntry(i, "token_sha256: the token of an entry above");
    }
  }
  return credentials;
}

std::optional<std::string_view> Credentials::PersonOf(std::string_view token, Instant now) const {
  const auto found = holders_.find(Sha256(token));
  if (found == holders_.end()) return std::nullopt;
  const Holder& holder = found->second;
  if (holder.expires && now >= *holder.expires) return std::nullopt;
  return holder.person;
}

Result<Credentials> ReadCredentials(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Fault{FaultKind::kNotFound, path + ": cannot be opened"};
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) return Fault{FaultKind::kIo, path + ": cannot be read"};
  const auto loaded = LoadYaml<CredentialsFile>({.file = path, .text = text});
  if (!loaded.ok()) return AsFault(loaded.problems);
  auto credentials = Credentials::Make(loaded.message);
  if (!credentials.ok())
    return Fault{FaultKind::kInvalid, path + ": " + credentials.fault().message};
  return credentials;
}

CredentialStore::Stamp CredentialStore::StampOf(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return {};
  return {.modified_ns = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec,
          .bytes = status.st_size,
          .inode = status.st_ino};
}

Result<CredentialStore::Reread> CredentialStore::RereadIfChanged() {
  // The stamp is taken before the content: a change in between is seen the next time.
  const Stamp stamp = StampOf(path_);
  {
    std::scoped_lock lock(mutex_);
    if (seen_ == stamp) return Reread::kUnchanged;
    seen_ = stamp;
  }
  auto credentials = ReadCredentials(path_);
  if (!credentials.ok()) return credentials.fault();
  auto taken = std::make_shared<const Credentials>(std::move(credentials).value());
  std::scoped_lock lock(mutex_);
  current_ = std::move(taken);
  return Reread::kTaken;
}

std::shared_ptr<const Credentials> CredentialStore::current() const {
  std::scoped_lock lock(mutex_);
  return current_;
}

}  // namespace onewindow
