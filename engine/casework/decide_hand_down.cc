#include <string>
#include <utility>

#include "engine/casework/assists.h"
#include "engine/casework/clocks.h"
#include "engine/casework/deciders.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/route.h"
#include "engine/casework/task_rules.h"
#include "engine/casework/tasks.h"
#include "engine/organisation/organisation_index.h"

namespace onewindow {
namespace {

constexpr std::string_view kHandDown = "hand down a task of";

bool HasArrived(const Task& task) {
  return task.kind() == Task::ROUTE_STEP &&
         (task.state() == Task::AWAITING_CLAIM || task.state() == Task::CLAIMED);
}

// What goes down: a step that lies at a county department and is not waiting for anybody else.
std::optional<Rejection> CheckTask(const CaseRecord& current, const Task& task,
                                   const Context& context) {
  if (auto refused = CheckHolderSide(current, kHandDown, task, context)) return refused;
  if (auto refused = CheckRouteStep(current, kHandDown, task)) return refused;
  if (!HasArrived(task)) {
    return Refused(TASK_NOT_ACKNOWLEDGED, current, kHandDown, "the file has not arrived yet");
  }
  if (auto refused = CheckNotPaused(current, kHandDown, task)) return refused;
  for (const Assist& assist : current.assists()) {
    if (assist.task() != task.id() || !IsOpen(assist)) continue;
    return Refused(ASSIST_UNDER_WAY, current, kHandDown,
                   "it has asked '" + assist.to() + "' for assistance");
  }
  return std::nullopt;
}

// What is on the list of the township goes down to it and its offices. A decision never does: for
// that there is delegation (Art. 24).
bool MayGoDown(const CaseRecord& current, const Task& task, const Organisation& to,
               const Context& context) {
  if (StepAt(*context.item, task).kind() == Step::DECIDE) return false;
  const Organisation& township = *context.organisation.TownshipOf(to);
  return to.kind() != Organisation::VILLAGE &&
         context.organisation.IsListed(township, current.item());
}

}  // namespace

// Source: domain, "Who may do what": only what is on the township's list goes down without asking;
// any other demand is refused and counted (counted_refusal.h).
Decision DecideWish(const CaseRecord& current, const HandDownTask& wish, const Context& context) {
  auto chosen = ChooseTask(current, kHandDown, wish.task_id(), HasArrived);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task task = *std::get<const Task*>(chosen);
  if (auto refused = CheckTask(current, task, context)) return *refused;
  const std::string& to = wish.to_organisation();
  if (auto refused = CheckGoesDown(current, kHandDown, task, to, context)) return *refused;

  Plan plan(current, context);
  Event event;
  if (!MayGoDown(current, task, *context.organisation.Find(to), context)) {
    HandDownRefused& demand = *event.mutable_hand_down_refused();
    demand.set_task_id(task.id());
    demand.set_organisation(task.organisation());
    demand.set_to_organisation(to);
    plan.Add(std::move(event));
    return std::move(plan).Done();
  }
  if (context.organisation.PositionsWithDuty(to, task.duty()).empty()) {
    return RefusedField(PERFORMER_NOT_FOUND, "to_organisation",
                        "nobody at '" + to + "' has the duty of this step");
  }
  StopClock(plan, STEP, task.step(), context.at);
  TaskHandedDown& handed = *event.mutable_task_handed_down();
  handed.set_task_id(task.id());
  handed.set_to_organisation(to);
  if (wish.has_reason()) *handed.mutable_reason() = wish.reason();
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
