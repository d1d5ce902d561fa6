#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/casework/plan.h"
#include "engine/casework/route.h"

namespace onewindow {

class OrganisationIndex;

// What decisions do to the tasks of a case, as events of the plan.

const Task* FindTask(const CaseRecord& record, uint32_t task_id);
// The task that a command means: by its id, or with 0 the only one for which `fits` holds.
using TaskOrRejection = std::variant<const Task*, Rejection>;
TaskOrRejection ChooseTask(const CaseRecord& current, std::string_view wish, uint32_t task_id,
                           bool (*fits)(const Task&));

// The organisation that performs a step for this case; null where there is none.
const Organisation* PerformerOf(const Step& step, const CaseRecord& record,
                                const OrganisationIndex& organisation);

// Opens a task that has come from `from`: it awaits its hand-over where that is another
// organisation.
void OpenTask(Plan& plan, Task task, std::string_view from);

// Opens a step of the route, or the first step that is taken of every branch of a leg; a leg of
// which the case takes nothing gives way to the next. kNoPerformer where a performer is not found;
// the plan is then to be dropped.
enum class Opened { kYes, kNoPerformer };
Opened OpenStep(Plan& plan, RoutePlace place, std::string_view from);
Opened OpenLeg(Plan& plan, uint32_t leg, std::string_view from);
// The next step that is taken after a passed one: in its branch, or the next leg once every branch
// has come to its end.
Opened OpenNext(Plan& plan, RoutePlace passed, std::string_view from);

// Ends every task, with its pause and its step's clock, for which no other event speaks.
void RecallTasks(Plan& plan);

// Ends a pause: the step's clock runs again, and the case's where no other pause holds them.
void EndPause(Plan& plan, uint32_t pause_id, Instant at, const Sealed& note);

}  // namespace onewindow
