#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <string_view>

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
