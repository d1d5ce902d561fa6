#include "engine/casework/counted_refusal.h"

#include <string>

namespace onewindow {
namespace {

// Source: domain, "Who may do what": unless the township accepts an assist request.
Rejection NotListed(const HandDownTask& wish, const HandDownRefused& fact) {
  Rejection rejection;
  rejection.reason = HAND_DOWN_NOT_LISTED;
  rejection.field = "to_organisation";
  rejection.text = "Expected to hand task " + std::to_string(fact.task_id()) + " of case " +
                   std::to_string(wish.case_id()) + " down to '" + fact.to_organisation() +
                   "', but only steps before the decision go down, to townships that have the item "
                   "on their list";
  rejection.allowed = {"request_assistance"};
  return rejection;
}

Rejection WithoutBasis(const RequestAssistance& wish, const HandDownRefused& fact) {
  Rejection rejection;
  rejection.reason = ASSIST_TERMS_MISSING;
  rejection.field = "terms.basis";
  rejection.text = "Expected to ask '" + fact.to_organisation() + "' for help with task " +
                   std::to_string(fact.task_id()) + " of case " + std::to_string(wish.case_id()) +
                   ", but no rule or paper is named on which it is asked";
  return rejection;
}

}  // namespace

std::optional<Rejection> CountedRefusal(const Command& command, const Event& fact) {
  if (!fact.has_hand_down_refused()) return std::nullopt;
  const HandDownRefused& refused = fact.hand_down_refused();
  if (command.has_request_assistance()) return WithoutBasis(command.request_assistance(), refused);
  return NotListed(command.hand_down_task(), refused);
}

}  // namespace onewindow
