#pragma once

#include "engine/casework/context.h"
#include "engine/casework/decision.h"

namespace onewindow {

namespace v1 {
class Command;
}

// What a command does to a case. Pure: nothing but the arguments is seen. For a submission and for
// administration `current` is a default CaseRecord; administration leaves it so.
// Requires: the command's wish is set; context.item and context.calendar belong to `current`.
Decision Decide(const CaseRecord& current, const v1::Command& command, const Context& context);

}  // namespace onewindow
