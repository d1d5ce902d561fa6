#pragma once

#include <optional>

#include "engine/casework/context.h"
#include "engine/casework/decision.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// Who applies, who files it for him, and what he leaves at the desk: the part of a submission that
// is about people.

// Each of them is complete, and nobody stands there twice.
std::optional<Rejection> CheckApplicants(const SubmitCase& wish);

// Who files for the applicant has a mandate to submit (Art. 29); a helper has his own.
std::optional<Rejection> CheckFiling(const SubmitCase& wish, const Context& context);

// Originals that stay here belong to materials that are in, and that the item wants to see in the
// original. Requires: the materials are listed.
std::optional<Rejection> CheckOriginals(const SubmitCase& wish, const Context& context);

}  // namespace onewindow
