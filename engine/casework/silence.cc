#include "engine/casework/silence.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/casework/acceptance.h"
#include "engine/casework/clocks.h"
#include "engine/casework/results.h"
#include "engine/casework/steps.h"
#include "engine/casework/tasks.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

// Art. 32: accepted from the day of receipt, so that the decision clocks have those days consumed.
Opened DeemAccepted(Plan& plan, const Clock& intake) {
  return Accept(plan, {.effective = ToInstant(intake.ledger(0).from()), .deemed = true});
}

// 补正不来.
Opened Lapse(Plan& plan) {
  const std::string issuer = plan.record().intake();
  StopEveryClock(plan);
  Event event;
  event.mutable_case_lapsed()->set_result(SUPPLEMENT_NEVER_CAME);
  plan.Add(std::move(event));
  plan.Issue(Document::TERMINATION_NOTICE, issuer);
  return Opened::kYes;
}

Opened DeemConsent(Plan& plan, const Clock& step) {
  const auto& tasks = plan.record().tasks();
  const auto found = std::ranges::find_if(tasks, [&](const Task& task) {
    return task.kind() == Task::ROUTE_STEP && task.step() == step.subject();
  });
  if (found == tasks.end()) return Opened::kYes;
  StepCompleted completed;
  completed.set_action(CompleteStep::PASS);
  completed.set_deemed(true);
  return EndStep(plan, Task(*found), std::move(completed));
}

Opened DeemApproved(Plan& plan) {
  CaseDecided decided;
  decided.set_result(GRANTED);
  decided.set_deemed(true);
  Conclude(plan, std::move(decided));
  return Opened::kYes;
}

Opened Act(Plan& plan, const Clock& clock) {
  switch (clock.limit().silence()) {
    case DEEMED_ACCEPTED:
      return DeemAccepted(plan, clock);
    case LAPSES:
      return Lapse(plan);
    case DEEMED_CONSENT:
      return DeemConsent(plan, clock);
    case DEEMED_APPROVED:
      return DeemApproved(plan);
    case SILENCE_UNSPECIFIED:
    case Silence_INT_MIN_SENTINEL_DO_NOT_USE_:
    case Silence_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return Opened::kYes;
}

}  // namespace

void ActOnSilence(Plan& plan, const Clock& clock) {
  Plan tried = plan;
  if (Act(tried, clock) == Opened::kYes) plan.Become(std::move(tried));
}

}  // namespace onewindow
