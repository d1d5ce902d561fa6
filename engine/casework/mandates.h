#pragma once

#include <optional>
#include <string_view>

#include "engine/casework/context.h"
#include "engine/casework/decision.h"
#include "engine/casework/plan.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {

// Who may act for an applicant: a helper (代办), who is an officer or village agent and takes no
// fee, or the applicant's own agent (委托代理人, Art. 29). A mandate says what he may do and until
// when; it begins on the day on which it is given, and ends by itself after its last day. Days are
// those on which something happened, in Beijing time.

// A helper acts, not a window: his position helps and receives nobody, or he says that he comes as
// one.
bool ActsAsHelper(const Context& context);

// Whether the mandate can be given: it is complete, its last day is not past, a helper is one and
// takes no fee.
std::optional<Rejection> CheckMandate(const Mandate& mandate, const Context& context);

bool Covers(const Mandate& mandate, Mandate::Scope scope);
bool HasBegun(const Mandate& mandate, Date day);
bool IsInForce(const Mandate& mandate, Date day);
// Null where the case has no such mandate.
const Mandate* FindMandate(const CaseRecord& record, uint32_t id);

// Who acts for the applicant: a helper whose mandates name him, or whoever shows the mandate with
// this id.
struct Agent {
  Mandate::Kind kind;
  std::string_view helper = {};
  std::optional<uint32_t> mandate_id = {};
};

// A mandate of the case lets the agent do that on the day it happened.
std::optional<Rejection> CheckMandated(const CaseRecord& current, std::string_view wish,
                                       const Agent& agent, Mandate::Scope scope,
                                       const Context& context);

// As CheckFrontDesk; but a helper of the county may too, on a mandate that covers the scope, and so
// must the one that the applicant's own agent shows at the window; `mandate_id` 0: none does.
std::optional<Rejection> CheckFrontDeskOrHelper(const CaseRecord& current, std::string_view wish,
                                                Mandate::Scope scope, uint32_t mandate_id,
                                                const Context& context);

// Gives the mandate its id and its first day, and adds that it was granted.
void AddMandate(Plan& plan, Mandate mandate);

}  // namespace onewindow
