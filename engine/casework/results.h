#pragma once

#include "engine/casework/plan.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {

// The decision and what follows from it: every clock stops, the paper is issued in the name of the
// organ whose power it is, and the certificate is made or the result lies ready.
void Conclude(Plan& plan, CaseDecided decided);

}  // namespace onewindow
