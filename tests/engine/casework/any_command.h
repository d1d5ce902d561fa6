#pragma once

#include <vector>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/commands.pb.h"
#include "tests/engine/casework/any_fields.h"
#include "tests/support/story/case_world.h"

namespace onewindow {

enum class WishKind {
  kSubmission,  // By a window, now and then by somebody else.
  kEnquiry,     // By a window, likewise.
  kAllowed,     // A command that the case allows, mostly by somebody who may.
  kPeople,      // About who is there and who stands in for whom.
  kAny,         // Any command of a case, by anybody.
};

// A random wish about the case, to be called within a rapidcheck property. Its fields make sense
// more often than not; late entries are among them.
CaseWorld::Wish AnyWish(const CaseWorld& world, const CaseRecord& record, WishKind kind);

// Who protects the personal data of the county; nobody where no position has the duty.
Caller DataOfficer(const CaseWorld& world);

// Who works where the case is, comes from, or goes to; for a default record, at the windows.
std::vector<Caller> CallersNear(const CaseWorld& world, const CaseRecord& record);

// The commands that lead a case from where it is to its end, whichever of them is possible.
std::vector<Command> CommandsTowardsTheEnd(const CaseWorld& world, const CaseRecord& record);

}  // namespace onewindow
