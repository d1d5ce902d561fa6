#include "services/rpc/door.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <utility>

#include "engine/base/check.h"
#include "engine/casework/rejections.h"

namespace onewindow {
namespace {

// A command on its way. It is answered once: by the engine or, where the caller set no deadline, by
// ours, whichever comes first. What the engine says after that is on disk all the same.
class PendingCommand final : public Waiting {
 public:
  using AnswerWriter = std::function<grpc::Status(const Accepted&)>;

  PendingCommand(grpc::ServerUnaryReactor* reactor, AnswerWriter write)
      : reactor_(reactor), write_(std::move(write)) {}

  void OnTimeOut() override {
    if (!TakesTurn()) return;
    reactor_->Finish({grpc::StatusCode::DEADLINE_EXCEEDED,
                      "Not answered in time; ask again with the same request_id"});
  }

  void Keep(Answer answer) { answer_ = std::move(answer); }

  // Requires: the answer is kept.
  void Pass() {
    if (!TakesTurn()) return;
    if (const auto* rejection = std::get_if<Rejection>(&answer_)) {
      reactor_->Finish(ToStatus(*rejection));
    } else if (const auto* fault = std::get_if<Fault>(&answer_)) {
      reactor_->Finish(ToStatus(*fault));
    } else {
      reactor_->Finish(write_(std::get<Accepted>(answer_)));
    }
  }

 private:
  bool TakesTurn() { return !answered_.exchange(true); }

  grpc::ServerUnaryReactor* reactor_;
  const AnswerWriter write_;
  Answer answer_;
  std::atomic<bool> answered_ = false;
};

std::string_view AuthorizationOf(const grpc::CallbackServerContext& call) {
  const auto& metadata = call.client_metadata();
  const auto found = metadata.find("authorization");
  if (found == metadata.end()) return {};
  return {found->second.data(), found->second.size()};
}

}  // namespace

const google::protobuf::FieldDescriptor& ArmOf(const google::protobuf::Descriptor& wish) {
  const auto& arms = *v1::Command::descriptor()->FindOneofByName("wish");
  for (int i = 0; i < arms.field_count(); ++i) {
    if (arms.field(i)->message_type() == &wish) return *arms.field(i);
  }
  CHECK(false) << wish.full_name() << " is no command";
  return *arms.field(0);
}

std::optional<Rejection> CheckEnvelope(const Envelope& envelope) {
  if (envelope.request_id().empty()) {
    return RefusedField(FIELD_MISSING, "envelope.request_id",
                        "expected an id that is new for each wish");
  }
  if (envelope.position().empty()) {
    return RefusedField(FIELD_MISSING, "envelope.position", "expected the position acted from");
  }
  return std::nullopt;
}

Admission Door::Admit(const grpc::CallbackServerContext& call, std::string_view method,
                      std::string_view position) const {
  const auto credentials = premises_.credentials.current();
  const auto published = premises_.engine.published();
  return onewindow::Admit(policies_.Find(method),
                          {.authorization = AuthorizationOf(call), .position = position},
                          {.credentials = *credentials,
                           .organisation = published->organisation.get(),
                           .now = premises_.engine.Now()});
}

grpc::ServerUnaryReactor* Door::SubmitAs(const Identity& caller, v1::Command command,
                                         const Envelope& envelope,
                                         grpc::CallbackServerContext* call,
                                         AnswerWriter answer) const {
  if (const auto refused = CheckEnvelope(envelope)) return Refuse(call, ToStatus(*refused));
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  const auto pending = std::make_shared<PendingCommand>(reactor, std::move(answer));
  const bool unlimited = call->deadline() == std::chrono::system_clock::time_point::max();
  if (unlimited) premises_.patience.Begin(pending);
  premises_.engine.Submit(caller.person, std::move(command),
                          [pending, &relay = premises_.relay](Answer given) {
                            pending->Keep(std::move(given));
                            relay.Run([pending] { pending->Pass(); });
                          });
  return reactor;
}

}  // namespace onewindow
