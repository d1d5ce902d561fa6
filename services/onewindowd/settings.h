#pragma once

#include <chrono>
#include <string>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/runtime/engine.h"
#include "onewindow/v1/configuration.pb.h"
#include "services/rpc/rpc_server.h"

namespace onewindow {

// The configuration with every default filled in, as the parts of the server take it.
struct Settings {
  EngineOptions engine;
  RpcServerOptions rpc;
  std::string credentials_file;
  std::string backup_directory;  // Empty: none.
  std::chrono::seconds stop_max{10};
  Configuration::LogLevel log_level = Configuration::INFO;
};

// Reads a configuration file. kNotFound without it, kInvalid with all problems, one a line.
Result<Configuration> ReadConfiguration(const std::string& path);

// kInvalid, naming the key and its range.
Result<Settings> MakeSettings(const Configuration& configuration);

}  // namespace onewindow
