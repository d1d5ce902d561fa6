#pragma once

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/runtime/engine.h"
#include "onewindow/v1/answers.pb.h"

namespace onewindow {

// What the caller of a command is told: the same each time the command's request id is seen.
// Faults: those of reading the log, where the case has gone on since the command.
Result<CommandOutcome> OutcomeOf(const Accepted& accepted, const Engine& engine);

}  // namespace onewindow
