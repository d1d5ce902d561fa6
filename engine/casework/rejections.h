#pragma once

#include <string>
#include <string_view>

#include "engine/casework/decision.h"

namespace onewindow {

// "Expected to <wish> case 42, but <fact>.", with the stage and what it allows. Where there is no
// case, without its number.
Rejection Refused(Reason reason, const CaseRecord& current, std::string_view wish,
                  std::string_view fact);
// The same for a field of the request.
Rejection RefusedField(Reason reason, std::string_view field, std::string_view text);

Rejection WrongStage(const CaseRecord& current, std::string_view wish);

}  // namespace onewindow
