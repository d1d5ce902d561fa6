#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/events.pb.h"
#include "onewindow/v1/reasons.pb.h"

namespace onewindow {

// The rules say no. A value, never an exception or a fault.
struct Rejection {
  Reason reason = REASON_UNSPECIFIED;
  // English, for developers: "Expected to accept case 42, but it is already accepted".
  std::string text;
  // The proto path of the request field at fault, where one is.
  std::string field;
  // What would be right or is allowed now, as a list for people and programs.
  std::vector<std::string> allowed;
  // The stage the case is in, where there is a case.
  Stage stage = STAGE_UNSPECIFIED;
  // Of the case that has what the command asks for, where there is one.
  std::string receipt_number;
};

// What a command came to: events with the record they lead to, or a rejection.
class Decision {
 public:
  struct Outcome {
    // In the order they apply.
    std::vector<Event> events;
    // The record after all of them: equal to applying them one by one to the record before.
    CaseRecord next;
  };

  Decision(Rejection rejection) : content_(std::move(rejection)) {}  // NOLINT
  Decision(Outcome outcome) : content_(std::move(outcome)) {}        // NOLINT

  bool rejected() const { return std::holds_alternative<Rejection>(content_); }
  // Requires: rejected().
  const Rejection& rejection() const { return std::get<Rejection>(content_); }
  // Requires: !rejected().
  const Outcome& outcome() const { return std::get<Outcome>(content_); }
  Outcome& outcome() { return std::get<Outcome>(content_); }

 private:
  std::variant<Rejection, Outcome> content_;
};

}  // namespace onewindow
