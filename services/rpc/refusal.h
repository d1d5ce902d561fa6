#pragma once

#include <grpcpp/support/status.h>

#include <string>
#include <utility>
#include <variant>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/casework/decision.h"

namespace onewindow {

// What a service answers: the message, or one of the two kinds of "no".
template <typename T>
using Reply = std::variant<T, Rejection, Fault>;

template <typename T>
bool IsNo(const Reply<T>& reply) {
  return !std::holds_alternative<T>(reply);
}
// The same "no" in answer to another question. Requires: IsNo(reply).
template <typename Other, typename T>
Reply<Other> NoAs(const Reply<T>& reply) {
  if (const auto* rejection = std::get_if<Rejection>(&reply)) return *rejection;
  return std::get<Fault>(reply);
}

// For things that are not there, or not now.
Rejection RefusedBecause(Reason reason, std::string text);

// The status with its google.rpc details: always ErrorInfo and LocalizedMessage (zh-CN); BadRequest
// where a field is at fault, PreconditionFailure for FAILED_PRECONDITION, RetryInfo for
// UNAVAILABLE.
grpc::Status ToStatus(const Rejection& rejection);
// Faults of the world get the reason that fits. What the disk or the store said stays in the
// server's log: callers are told only that it failed.
grpc::Status ToStatus(const Fault& fault);

}  // namespace onewindow
