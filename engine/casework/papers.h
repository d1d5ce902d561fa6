#pragma once

#include <optional>

#include "engine/casework/context.h"
#include "engine/casework/decision.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// Papers that a desk took in without its line. Each has a provisional number, by which it is
// received once, whoever sends it, however often and however late.

// The number is of the caller's own position, and no case has it. The case that has it is named to
// that position only, and by a reason that says whether it is this very paper: as it was
// submitted, it has the same time, item and applicant.
std::optional<Rejection> CheckPaper(const SubmitCase& wish, const Context& context);

// Who took the paper in held the caller's position on the paper's day, or stood in there.
std::optional<Rejection> CheckTakenInBy(const SubmitCase& wish, const Context& context);

}  // namespace onewindow
