#pragma once

#include <optional>

#include "engine/casework/decision.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// Some refusals are facts: a demand that a county department may not make of a township is refused
// and counted against it. Its decision is an outcome with an event that says so; whoever logs it
// answers the caller with this rejection, now and when the request id comes again. Nothing for a
// fact that refuses nothing. Depends on what is logged alone.
std::optional<Rejection> CountedRefusal(const Command& command, const Event& fact);

}  // namespace onewindow
