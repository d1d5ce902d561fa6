#pragma once

#include <string_view>

#include "services/rpc/gate.h"

namespace onewindow {

// Notes in the server's log who did something that leaves no command behind.
void NoteAct(const Identity& caller, std::string_view act);

}  // namespace onewindow
