#pragma once

#include <optional>
#include <string>

#include "engine/base/ids.h"
#include "engine/casework/context.h"
#include "engine/casework/decision.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {

// What must be known of an applicant: kind, name, and a document with its type. `field` is where he
// stands in the request.
std::optional<Rejection> CheckApplicant(const Applicant& applicant, const std::string& field);

// Every step of the route has somebody to perform it, so that the case cannot get stuck on its way:
// who that is may follow from where the applicant is registered or lives. Requires: context.item.
std::optional<Rejection> CheckPerformers(const CaseRecord& sketch, const Context& context);

}  // namespace onewindow
