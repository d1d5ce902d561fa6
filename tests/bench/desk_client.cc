#include "tests/bench/desk_client.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <future>
#include <utility>

#include "tests/bench/desk_county.h"

namespace onewindow {
namespace {

std::shared_ptr<grpc::Channel> ConnectionTo(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

void Identify(grpc::ClientContext& context) {
  context.AddMetadata("authorization", kDeskAuthorization);
}

DeskClient::DeskClient(const std::string& address)
    : channel_(ConnectionTo(address)),
      front_desk_(channel_),
      back_office_(channel_),
      unified_window_(channel_),
      supervision_(channel_),
      administration_(channel_) {}

void DeskClient::Call(DeskStep step, grpc::ClientContext& context, const Command& command,
                      CommandOutcome& outcome, std::function<void(grpc::Status)> done) {
  switch (step) {
    case DeskStep::kSubmit:
      return front_desk_.async()->Submit(&context, &command.submit_case(), &outcome,
                                         std::move(done));
    case DeskStep::kAccept:
      return front_desk_.async()->Accept(&context, &command.accept_case(), &outcome,
                                         std::move(done));
    case DeskStep::kClaim:
      return back_office_.async()->Claim(&context, &command.claim_task(), &outcome,
                                         std::move(done));
    case DeskStep::kDecide:
      return back_office_.async()->Decide(&context, &command.decide_case(), &outcome,
                                          std::move(done));
    case DeskStep::kDeliver:
      return unified_window_.async()->Deliver(&context, &command.deliver_case(), &outcome,
                                              std::move(done));
    case DeskStep::kClose:
      return unified_window_.async()->Close(&context, &command.close_case(), &outcome,
                                            std::move(done));
  }
}

grpc::Status DeskClient::Call(DeskStep step, const Command& command, CommandOutcome& outcome) {
  grpc::ClientContext context;
  Identify(context);
  std::promise<grpc::Status> promise;
  Call(step, context, command, outcome,
       [&promise](grpc::Status status) { promise.set_value(std::move(status)); });
  return promise.get_future().get();
}

grpc::Status DeskClient::GetStatus(ServerStatus& status) {
  grpc::ClientContext context;
  Identify(context);
  return administration_.GetStatus(&context, GetStatusRequest(), &status);
}

grpc::Status DeskClient::GetCase(uint64_t case_id, CaseView& view) {
  grpc::ClientContext context;
  Identify(context);
  GetCaseRequest request;
  request.set_case_id(case_id);
  return front_desk_.GetCase(&context, request, &view);
}

grpc::Status DeskClient::GetTimeline(uint64_t case_id, GetTimelineResponse& timeline) {
  grpc::ClientContext context;
  Identify(context);
  GetTimelineRequest request;
  request.set_case_id(case_id);
  return supervision_.GetTimeline(&context, request, &timeline);
}

}  // namespace onewindow
