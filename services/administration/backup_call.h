#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/casework/decision.h"
#include "onewindow/v1/administration.pb.h"
#include "services/rpc/door.h"
#include "services/rpc/turnstile.h"

namespace onewindow {

struct BackupCall {
  grpc::CallbackServerContext& call;
  std::string_view method;
  const CreateBackupRequest& request;
  CreateBackupResponse& response;
};

// Why no backup can begin: there is no directory for it, or one is under way. Nothing: the
// turnstile is entered, and to be left when the backup is made.
std::optional<Rejection> BeginBackup(const std::string& directory, Turnstile& turnstile);

// Backups of the running server, one at a time, each on a thread of its own.
class Backups {
 public:
  // Answers when the backup is whole.
  grpc::ServerUnaryReactor* Start(const Door& door, const BackupCall& asked);

 private:
  // Shared with a backup that outlasts the service.
  std::shared_ptr<Turnstile> turnstile_ = std::make_shared<Turnstile>();
};

}  // namespace onewindow
