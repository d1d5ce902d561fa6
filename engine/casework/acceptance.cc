#include "engine/casework/acceptance.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/casework/clocks.h"
#include "engine/casework/demands.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

// The intake clock that ran out in silence; null where it did not, or work has gone on since.
const Clock* SilentClock(const Plan& plan) {
  const CaseRecord& record = plan.record();
  const bool untouched =
      record.performed().empty() &&
      std::ranges::none_of(record.tasks(), [](const Task& task) {
        return task.kind() == Task::ROUTE_STEP && (task.leg() != 0 || task.step_index() != 0);
      });
  if (!record.deemed_accepted() || !untouched) return nullptr;
  const Clock* intake = FindClock(record, INTAKE);
  const bool in_time = intake != nullptr && plan.context().at <= ToInstant(intake->due_at());
  return in_time ? intake : nullptr;
}

// At the window, or with the department that accepts; nothing where no organisation is that.
std::optional<Task> AcceptanceTask(const Plan& plan) {
  const ServiceItem& item = *plan.context().item;
  Task task;
  task.set_kind(Task::ACCEPTANCE);
  task.set_organisation(plan.record().intake());
  task.set_duty(RECEPTION);
  if (item.accepted_by() != ServiceItem::LEAD || item.route().legs_size() == 0) return task;
  const Organisation* lead =
      PerformerOf(StepAt(item, RoutePlace{}), plan.record(), plan.context().organisation);
  if (lead == nullptr) return std::nullopt;
  task.set_organisation(lead->id());
  task.set_duty(HANDLING);
  return task;
}

bool IsOfTheDecision(const Clock& clock) {
  return clock.kind() == STATUTORY || clock.kind() == PROMISED || clock.kind() == STEP;
}

}  // namespace

Opened OpenAcceptance(Plan& plan, std::string_view from) {
  const std::optional<Task> task = AcceptanceTask(plan);
  if (!task) return Opened::kNoPerformer;
  OpenTask(plan, *task, from);
  return Opened::kYes;
}

Opened Accept(Plan& plan, const Acceptance& acceptance) {
  const ServiceItem& item = *plan.context().item;
  const Task waiting = plan.record().tasks(0);
  const bool is_here = waiting.state() == Task::AWAITING_CLAIM || waiting.state() == Task::CLAIMED;
  const std::string from = is_here ? waiting.organisation() : waiting.from();
  Event event;
  *event.mutable_case_accepted()->mutable_accepted_at() = ToTimestamp(acceptance.effective);
  event.mutable_case_accepted()->set_deemed(acceptance.deemed);
  plan.AddAt(acceptance.effective, std::move(event));
  plan.Issue(Document::ACCEPTANCE_NOTICE, waiting.organisation());
  StopClocks(plan, {INTAKE});
  StopClock(plan, HAND_OVER, std::to_string(waiting.id()), plan.context().at);
  // A file that came back to the window has clocks that never stopped.
  if (FindClock(plan.record(), STATUTORY) == nullptr) {
    StartClock(plan, {.kind = STATUTORY,
                      .organisation = plan.record().deciding(),
                      .limit = StatutoryLimit(plan.record(), item),
                      .at = acceptance.effective});
  }
  if (FindClock(plan.record(), PROMISED) == nullptr) {
    StartClock(plan, {.kind = PROMISED,
                      .organisation = plan.record().deciding(),
                      .limit = PromisedLimit(plan.record(), item),
                      .at = acceptance.effective});
  }
  if (item.route().legs_size() == 0) return Opened::kYes;
  return OpenLeg(plan, 0, from);
}

void AnnulDeemedAcceptance(Plan& plan) {
  const Clock* silent = SilentClock(plan);
  const std::optional<Task> waiting = AcceptanceTask(plan);
  if (silent == nullptr || !waiting) return;
  const Clock intake = *silent;
  RecallTasks(plan);
  std::vector<Clock> annulled = {intake};
  for (const Clock& clock : plan.record().clocks()) {
    if (IsOfTheDecision(clock) && !clock.annulled()) annulled.push_back(clock);
  }
  for (const Clock& clock : annulled) AnnulClock(plan, clock);
  Event event;
  event.mutable_deemed_acceptance_annulled();
  plan.Add(std::move(event));
  // The file was there when the notice was given.
  OpenTask(plan, *waiting, waiting->organisation());
  StartClock(plan, {.kind = INTAKE,
                    .organisation = plan.record().intake(),
                    .limit = intake.limit(),
                    .at = ToInstant(intake.ledger(0).from())});
}

}  // namespace onewindow
