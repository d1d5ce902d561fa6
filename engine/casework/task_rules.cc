#include "engine/casework/task_rules.h"

#include <string>

#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

std::optional<Rejection> CheckHolder(const CaseRecord& current, std::string_view wish,
                                     const Task& task, const Context& context) {
  if (auto refused = CheckDesk(current, wish, task.organisation(),
                               {RECEPTION, HANDLING, DECISION, APPROVAL, SYSTEM}, context)) {
    return refused;
  }
  if (task.state() != Task::CLAIMED) {
    return Refused(TASK_NOT_CLAIMED, current, wish,
                   "task " + std::to_string(task.id()) + " is not claimed");
  }
  if (!IsSystem(context) && task.position() != context.caller.position()) {
    return Refused(TASK_HELD_BY_OTHER, current, wish, "'" + task.position() + "' has claimed it");
  }
  return std::nullopt;
}

std::optional<Rejection> CheckHolderSide(const CaseRecord& current, std::string_view wish,
                                         const Task& task, const Context& context) {
  if (auto refused =
          CheckDesk(current, wish, task.organisation(), {HANDLING, DECISION, APPROVAL}, context)) {
    return refused;
  }
  if (IsSystem(context) || task.state() != Task::CLAIMED) return std::nullopt;
  const std::string& acting = context.caller.position();
  if (acting == task.position()) return std::nullopt;
  if (HasDuty(*context.organisation.FindPosition(acting), APPROVAL)) return std::nullopt;
  return Refused(TASK_HELD_BY_OTHER, current, wish, "'" + task.position() + "' has claimed it");
}

std::optional<Rejection> CheckRouteStep(const CaseRecord& current, std::string_view wish,
                                        const Task& task) {
  if (task.kind() == Task::ROUTE_STEP) return std::nullopt;
  return Refused(TASK_NOT_FOUND, current, wish,
                 "task " + std::to_string(task.id()) + " is no step of its route");
}

std::optional<Rejection> CheckGoesDown(const CaseRecord& current, std::string_view wish,
                                       const Task& task, std::string_view to,
                                       const Context& context) {
  const OrganisationIndex& chart = context.organisation;
  const Organisation* from = chart.Find(task.organisation());
  if (from == nullptr || chart.TownshipOf(*from) != nullptr) {
    return Refused(NOT_YOUR_DESK, current, wish,
                   "'" + task.organisation() + "' is no department of a county");
  }
  const Organisation* asked = chart.Find(to);
  if (asked == nullptr) {
    return RefusedField(ORGANISATION_NOT_FOUND, "to_organisation",
                        "there is no organisation '" + std::string(to) + "'");
  }
  const bool of_township = chart.TownshipOf(*asked) != nullptr;
  if (of_township && chart.CountyOf(*asked) == chart.CountyOf(*from)) return std::nullopt;
  return RefusedField(NOT_A_TOWNSHIP, "to_organisation",
                      "'" + std::string(to) + "' is of no township of the county");
}

std::optional<Rejection> CheckNotOwnStep(const CaseRecord& current, std::string_view wish,
                                         const Task& task, const Context& context) {
  for (const Performed& done : current.performed()) {
    if (done.person() != context.caller.person() || done.step() == task.step()) continue;
    if (!IsSubstitute(context) && done.on_behalf_of().empty()) continue;
    const std::string& holder =
        IsSubstitute(context) ? context.caller.on_behalf_of() : done.on_behalf_of();
    return Refused(OWN_STEP_REVIEWED, current, wish,
                   "'" + done.person() + "', who stands in for '" + holder +
                       "', completed its step '" + done.step() + "'");
  }
  return std::nullopt;
}

std::optional<Rejection> CheckNotPaused(const CaseRecord& current, std::string_view wish,
                                        const Task& task) {
  for (const Pause& pause : current.pauses()) {
    if (pause.task() != task.id()) continue;
    return Refused(BRANCH_IS_PAUSED, current, wish,
                   "its branch waits for " + SpecialProcedureKind_Name(pause.kind()));
  }
  return std::nullopt;
}

}  // namespace onewindow
