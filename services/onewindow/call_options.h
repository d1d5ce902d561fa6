#pragma once

#include <string>

#include "engine/base/result.h"
#include "services/onewindow/grpc_wire.h"

namespace CLI {
class App;
}

namespace onewindow {

enum class Output { kTable, kJson };

// What every call takes besides its request.
struct CallOptions {
  std::string server = "127.0.0.1:7443";
  std::string token;
  std::string token_file;
  std::string ca_file;
  std::string certificate_file;
  std::string key_file;
  std::string position;
  Output output = Output::kTable;
  double timeout_seconds = 10;
};

// Adds them to the root, so that every command takes them. `options` must outlive it.
void AddCallOptions(CLI::App& root, CallOptions& options);

// With the token from the command line, else the file, else ONEWINDOW_TOKEN. The fault says which
// file cannot be read.
Result<Connection> ConnectionOf(const CallOptions& options);

}  // namespace onewindow
