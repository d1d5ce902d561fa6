#include "services/onewindow/call_options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "services/onewindow/files.h"

namespace onewindow {
namespace {

constexpr char kGroup[] = "Server and caller";
constexpr double kTimeoutSecondsMax = 86400;

}  // namespace

void AddCallOptions(CLI::App& root, CallOptions& options) {
  auto add = [&](const char* flag, std::string& value, const char* help) {
    return root.add_option(flag, value, help)->group(kGroup);
  };
  add("--server", options.server, "Where the server listens; also unix:PATH")
      ->envname("ONEWINDOW_SERVER")
      ->capture_default_str();
  add("--token", options.token, "Who calls; others can see it in the list of processes");
  add("--token-file", options.token_file, "A file with the token")->envname("ONEWINDOW_TOKEN_FILE");
  add("--position", options.position, "The position acted from")->envname("ONEWINDOW_POSITION");
  add("--tls-ca", options.ca_file, "Whose certificates servers show, in PEM; asks for TLS")
      ->envname("ONEWINDOW_TLS_CA");
  add("--tls-certificate", options.certificate_file, "Our own certificate, in PEM")
      ->envname("ONEWINDOW_TLS_CERTIFICATE");
  add("--tls-key", options.key_file, "Its key, in PEM")->envname("ONEWINDOW_TLS_KEY");
  root.add_option("--timeout", options.timeout_seconds, "Seconds to wait for an answer")
      ->group(kGroup)
      ->check(CLI::Range(0.001, kTimeoutSecondsMax))
      ->capture_default_str();
  root.add_option_function<std::string>(
          "-o,--output",
          [&options](const std::string& word) {
            options.output = word == "json" ? Output::kJson : Output::kTable;
          },
          "For people or for programs: table (default) or json")
      ->group(kGroup)
      ->check(CLI::IsMember({"table", "json"}));
}

Result<Connection> ConnectionOf(const CallOptions& options) {
  Connection connection{.server = options.server,
                        .token = options.token,
                        .ca_file = options.ca_file,
                        .certificate_file = options.certificate_file,
                        .key_file = options.key_file};
  if (!connection.token.empty()) return connection;
  if (!options.token_file.empty()) {
    auto text = ReadWholeFile(options.token_file);
    if (!text.ok()) return text.fault();
    connection.token = text.value().substr(0, text.value().find_first_of("\r\n"));
  } else if (const char* token = std::getenv("ONEWINDOW_TOKEN"); token != nullptr) {
    connection.token = token;
  }
  return connection;
}

}  // namespace onewindow
