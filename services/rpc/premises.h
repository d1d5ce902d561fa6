#pragma once

#include <functional>
#include <string>

#include "engine/base/instant.h"
#include "engine/runtime/engine.h"
#include "services/rpc/credentials.h"
#include "services/rpc/patience.h"
#include "services/rpc/relay.h"

namespace onewindow {

// What the services are given to work with; all of it outlives them.
struct Premises {
  Engine& engine;
  const CredentialStore& credentials;
  Relay& relay;
  // For callers that set no deadline.
  Patience& patience;
  // Runs long work (a backup) on a thread of its own.
  std::function<void(std::function<void()> work)> run_long;
  // Runs short work that waits for the disk on one of a few threads.
  std::function<void(std::function<void()> work)> run_on_disk;

  std::string data_directory;
  // Empty: backups of the running server are refused.
  std::string backup_directory;
  std::string version;
  Instant started_at;
};

}  // namespace onewindow
