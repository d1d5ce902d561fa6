#include "services/onewindowd/demo_tokens.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "engine/runtime/entropy.h"
#include "engine/yaml/write.h"
#include "onewindow/v1/credentials.pb.h"
#include "services/rpc/digest.h"

namespace onewindow {
namespace {

Fault Failed(const std::string& path) {
  return {FaultKind::kIo, path + ": " + std::strerror(errno)};
}

// Readable and writable by the owner alone, from its first byte on.
Status WritePrivate(const std::string& path, std::string_view text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return Failed(path);
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (close(file) != 0 || !written) return Failed(path);
  return {};
}

std::string RandomToken() {
  std::array<uint8_t, 20> bytes;
  SystemEntropy().Fill(bytes);
  return ToHex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string HashOf(const std::string& token) {
  const Digest digest = Sha256(token);
  return ToHex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace

Result<DemoTokens> MakeDemoTokens(const OrganisationChart& chart,
                                  const std::string& credentials_file,
                                  const std::string& tokens_file) {
  std::error_code error;
  if (std::filesystem::exists(credentials_file, error)) return DemoTokens::kThereAlready;
  CredentialsFile credentials;
  std::string tokens;
  for (const Person& person : chart.persons()) {
    const std::string token = RandomToken();
    Credential& credential = *credentials.add_credentials();
    credential.set_token_sha256(HashOf(token));
    credential.set_person(person.id());
    tokens += person.id() + ' ' + token + '\n';
  }
  // The credentials last: they mark that both are there.
  if (Status status = WritePrivate(tokens_file, tokens); !status.ok()) return status.fault();
  Status status = WritePrivate(credentials_file, WriteYaml(credentials));
  if (!status.ok()) return status.fault();
  return DemoTokens::kMade;
}

}  // namespace onewindow
