#pragma once

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {

// Leaves out what is sealed and what persons are searched by, so that what remains may be shown to
// everybody who may see the case at all. Who may see the rest: engine/casework/disclosure.h.
void LeaveOutPersonal(CaseRecord& record);
// Only what persons are searched by, which nobody is shown.
void LeaveOutPseudonyms(CaseRecord& record);
void LeaveOutPersonal(Event& event);

}  // namespace onewindow
