#pragma once

#include <string_view>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {

class OrganisationIndex;

// Leaves out what is sealed and what persons are searched by, so that what remains may be shown to
// everybody who may see the case at all.
void LeaveOutPersonal(CaseRecord& record);
void LeaveOutPersonal(Event& event);

// Whether the position needs to know who the applicant is: it works with cases, not only on
// figures, and its organisation takes part in this one now, or is over one that does.
bool SeesPersonal(const CaseRecord& record, std::string_view position,
                  const OrganisationIndex& organisation);

}  // namespace onewindow
