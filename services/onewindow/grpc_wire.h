#pragma once

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "services/onewindow/wire.h"

namespace onewindow {

// Which server to call, and as whom.
struct Connection {
  std::string server;  // "127.0.0.1:7443", "unix:/run/onewindow.sock".
  std::string token;   // Empty: for calls without login.
  // Files in PEM. All empty: without TLS.
  std::string ca_file;
  std::string certificate_file;
  std::string key_file;
};

// kNotFound or kIo for files that cannot be read. Connects when the first call is made.
Result<std::unique_ptr<Wire>> OpenGrpcWire(const Connection& connection);

}  // namespace onewindow
