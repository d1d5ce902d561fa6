#pragma once

#include "engine/casework/plan.h"
#include "engine/casework/tasks.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {

// Ends a step of the route as `completed` says, whose task and step are filled in, and opens what
// follows: its assistance and its clocks end with it.
Opened EndStep(Plan& plan, const Task& task, StepCompleted completed);

}  // namespace onewindow
