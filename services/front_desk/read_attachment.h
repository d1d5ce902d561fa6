#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <string>

#include "onewindow/v1/front_desk.pb.h"
#include "services/rpc/door.h"

namespace onewindow {

struct ReadAttachmentCall {
  const grpc::CallbackServerContext& call;
  std::string method;
  ReadAttachmentRequest request;
};

// Gives a file out, one piece at a time, to whoever may read what is sealed of its case. Owns
// itself and ends with its call.
grpc::ServerWriteReactor<AttachmentPiece>* ReadAttachment(const Door& door,
                                                          const ReadAttachmentCall& asked);

}  // namespace onewindow
