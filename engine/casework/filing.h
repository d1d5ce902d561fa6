#pragma once

#include <optional>
#include <string_view>

#include "engine/casework/context.h"
#include "engine/casework/decision.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// What is applied for, who applies, who files it for him, and what he leaves at the desk.

// The version of the item that was in force then; before all of them the first, which may have been
// published here later than it was made. Null where there is no such item.
const ServiceItem* ItemInForce(const Catalogue& catalogue, std::string_view id, Instant at);

// Every applicant is complete, and nobody stands there twice.
std::optional<Rejection> CheckApplicants(const SubmitCase& wish);

// Who files for the applicant has a mandate to submit (Art. 29); a helper has his own.
std::optional<Rejection> CheckFiling(const SubmitCase& wish, const Context& context);

// Originals that stay here belong to materials that are in, and that the item wants to see in the
// original. Requires: the materials are listed.
std::optional<Rejection> CheckOriginals(const SubmitCase& wish, const Context& context);

}  // namespace onewindow
