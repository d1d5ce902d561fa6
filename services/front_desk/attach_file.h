#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <string>

#include "onewindow/v1/answers.pb.h"
#include "onewindow/v1/front_desk.pb.h"
#include "services/rpc/door.h"

namespace onewindow {

struct AttachFileCall {
  const grpc::CallbackServerContext& call;
  std::string method;
  CommandOutcome& outcome;
};

// Takes a file in, one piece at a time: the next is read only when the last is on its way to the
// disk. Owns itself and ends with its call.
grpc::ServerReadReactor<AttachFileRequest>* AttachFile(const Door& door,
                                                       const AttachFileCall& asked);

}  // namespace onewindow
