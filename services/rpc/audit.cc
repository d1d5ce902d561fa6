#include "services/rpc/audit.h"

#include <spdlog/spdlog.h>

namespace onewindow {

void NoteAct(const Identity& caller, std::string_view act) {
  spdlog::info("audit: {} at {} {}", caller.person, caller.position, act);
}

}  // namespace onewindow
