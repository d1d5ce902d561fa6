#pragma once

#include <string_view>

#include "engine/base/ids.h"
#include "services/rpc/gate.h"

namespace onewindow {

// Notes in the server's log who did something that leaves no command behind.
void NoteAct(const Identity& caller, std::string_view act);
// Who saw the personal data of a case.
void NoteReading(const Identity& caller, CaseId case_id);

}  // namespace onewindow
