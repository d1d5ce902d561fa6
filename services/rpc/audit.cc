#include "services/rpc/audit.h"

#include <spdlog/spdlog.h>

namespace onewindow {

void NoteAct(const Identity& caller, std::string_view act) {
  spdlog::info("audit: {} at {} {}", caller.person, caller.position, act);
}

void NoteReading(const Identity& caller, CaseId case_id) {
  spdlog::info("audit: {} at {} read the personal data of case {}", caller.person, caller.position,
               case_id.value);
}

}  // namespace onewindow
