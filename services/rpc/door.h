#pragma once

#include <google/protobuf/descriptor.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/base/ids.h"
#include "onewindow/v1/answers.pb.h"
#include "onewindow/v1/commands.pb.h"
#include "services/rpc/gate.h"
#include "services/rpc/outcome.h"
#include "services/rpc/policies.h"
#include "services/rpc/premises.h"
#include "services/rpc/refusal.h"

namespace onewindow {

// The request as the arm of Command that it is.
template <typename Wish>
v1::Command AsCommand(const Wish& wish);

// What every command needs, before the engine looks at it: a request id and a position.
std::optional<Rejection> CheckEnvelope(const Envelope& envelope);

// What every call of one service goes through: who calls, may he, and the way back. `method` is
// the method's name in the proto; overrides pass __func__, which is the same.
class Door {
 public:
  Door(const google::protobuf::ServiceDescriptor& service, const Premises& premises)
      : policies_(service), premises_(premises) {}

  // rpc X(Wish) returns (CommandOutcome): identify, submit, answer. Never waits. Where the caller
  // set no deadline he is answered all the same, see Patience.
  template <typename Wish>
  grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* call, std::string_view method,
                                   const Wish* wish, CommandOutcome* outcome) const {
    return SubmitFor(call, method, wish, outcome, OutcomeOf);
  }

  // The same for another answer, which `make(accepted, engine)` gives as a Result<Response>.
  template <typename Wish, typename Response>
  grpc::ServerUnaryReactor* SubmitFor(grpc::CallbackServerContext* call, std::string_view method,
                                      const Wish* wish, Response* response,
                                      Result<Response> (*make)(const Accepted&,
                                                               const Engine&)) const {
    const Admission admission = Admit(*call, method, wish->envelope().position());
    const auto* caller = std::get_if<Identity>(&admission);
    if (caller == nullptr) return Refuse(call, ToStatus(std::get<Rejection>(admission)));
    const auto answer = [response, make, &engine = premises_.engine](const Accepted& accepted) {
      Result<Response> made = make(accepted, engine);
      if (!made.ok()) return ToStatus(made.fault());
      *response = std::move(made).value();
      return grpc::Status(grpc::Status::OK);
    };
    return SubmitAs(*caller, AsCommand(*wish), wish->envelope(), call, answer);
  }

  // A question: `answer(identity, request)` gives a Reply<Response>, on this thread.
  template <typename Request, typename Response, typename Answer>
  grpc::ServerUnaryReactor* Ask(grpc::CallbackServerContext* call, std::string_view method,
                                const Request* request, Response* response, Answer answer) const {
    const Admission admission = Admit(*call, method, PositionIn(*request));
    const auto* caller = std::get_if<Identity>(&admission);
    if (caller == nullptr) return Refuse(call, ToStatus(std::get<Rejection>(admission)));
    Reply<Response> reply = answer(*caller, *request);
    grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
    if (auto* found = std::get_if<Response>(&reply)) {
      *response = std::move(*found);
      reactor->Finish(grpc::Status::OK);
    } else {
      reactor->Finish(NoOf(reply));
    }
    return reactor;
  }

  // May the call pass? Also asked again while a stream lasts.
  Admission Admit(const grpc::CallbackServerContext& call, std::string_view method,
                  std::string_view position) const;

  const Premises& premises() const { return premises_; }

  // The status of a reply that is none. Requires: it holds no value.
  template <typename T>
  static grpc::Status NoOf(const Reply<T>& reply) {
    if (const auto* rejection = std::get_if<Rejection>(&reply)) return ToStatus(*rejection);
    return ToStatus(std::get<Fault>(reply));
  }

 private:
  template <typename Request>
  static std::string_view PositionIn(const Request& request) {
    if constexpr (requires { request.position(); }) return request.position();
    return {};
  }
  static grpc::ServerUnaryReactor* Refuse(grpc::CallbackServerContext* call, grpc::Status status) {
    grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
    reactor->Finish(std::move(status));
    return reactor;
  }
  // Writes the response, where it can, and says how the call ends.
  using AnswerWriter = std::function<grpc::Status(const Accepted&)>;
  grpc::ServerUnaryReactor* SubmitAs(const Identity& caller, v1::Command command,
                                     const Envelope& envelope, grpc::CallbackServerContext* call,
                                     AnswerWriter answer) const;

  const Policies policies_;
  const Premises& premises_;
};

// ---- Implementation

const google::protobuf::FieldDescriptor& ArmOf(const google::protobuf::Descriptor& wish);

template <typename Wish>
v1::Command AsCommand(const Wish& wish) {
  static const google::protobuf::FieldDescriptor& arm = ArmOf(*Wish::descriptor());
  v1::Command command;
  command.GetReflection()->MutableMessage(&command, &arm)->CopyFrom(wish);
  return command;
}

}  // namespace onewindow
