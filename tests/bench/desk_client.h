#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <memory>
#include <string>

#include "onewindow/v1/administration.grpc.pb.h"
#include "onewindow/v1/back_office.grpc.pb.h"
#include "onewindow/v1/front_desk.grpc.pb.h"
#include "onewindow/v1/supervision.grpc.pb.h"
#include "onewindow/v1/unified_window.grpc.pb.h"
#include "tests/bench/desk_life.h"

namespace onewindow {

// One connection of the desk to a server. Callable from any thread.
class DeskClient {
 public:
  // Connections are not shared with other clients of this process.
  explicit DeskClient(const std::string& address);

  // The rpc that a step's command goes to. `done` is called once, on a thread of gRPC; all that is
  // given here must live until then.
  void Call(DeskStep step, grpc::ClientContext& context, const Command& command,
            CommandOutcome& outcome, std::function<void(grpc::Status)> done);
  // The same, waiting for the answer.
  grpc::Status Call(DeskStep step, const Command& command, CommandOutcome& outcome);

  // These wait. Their status is in the way of the stubs themselves.
  grpc::Status GetStatus(ServerStatus& status);
  grpc::Status GetCase(uint64_t case_id, CaseView& view);
  grpc::Status GetTimeline(uint64_t case_id, GetTimelineResponse& timeline);

  grpc::Channel& channel() { return *channel_; }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  FrontDesk::Stub front_desk_;
  BackOffice::Stub back_office_;
  UnifiedWindow::Stub unified_window_;
  Supervision::Stub supervision_;
  Administration::Stub administration_;
};

// Says who calls.
void Identify(grpc::ClientContext& context);

}  // namespace onewindow
