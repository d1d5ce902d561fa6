#include "engine/casework/task_rules.h"

#include <string>

#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
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
