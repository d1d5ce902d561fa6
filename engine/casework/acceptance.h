#pragma once

#include <string_view>

#include "engine/casework/plan.h"
#include "engine/casework/tasks.h"

namespace onewindow {

// Where a case waits to be accepted, and what follows when it is (受理). Source: Art. 32.

// The acceptance task, at the window or with the department that accepts. The file comes from
// `from`.
Opened OpenAcceptance(Plan& plan, std::string_view from);

struct Acceptance {
  // From when on it holds: the decision clocks start then.
  Instant effective;
  // Nobody said anything in time.
  bool deemed = false;
};
// Requires: the case has its acceptance task.
Opened Accept(Plan& plan, const Acceptance& acceptance);

// A notice that was given in time, and is recorded only now, shows that there was no silence: the
// deemed acceptance never was, and the case waits to be accepted again. Only while no step has been
// done since; does nothing otherwise.
void AnnulDeemedAcceptance(Plan& plan);

}  // namespace onewindow
