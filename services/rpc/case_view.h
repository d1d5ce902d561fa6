#pragma once

#include <optional>
#include <string>

#include "engine/base/ids.h"
#include "engine/runtime/engine.h"
#include "onewindow/v1/answers.pb.h"
#include "services/rpc/gate.h"
#include "services/rpc/refusal.h"

namespace onewindow {

// How services show cases. Nothing is decided here: rights and arithmetic are the engine's.

// The case as the caller may see it. That personal data was shown is noted in the server's log.
Result<CaseView> ViewOf(CaseRecord record, const Identity& caller, const Engine& engine);

// The case, or CASE_NOT_FOUND.
Reply<CaseRecord> FindCase(uint64_t case_id, const Engine& engine);
// The same as the caller may see it.
Reply<CaseView> GetCase(uint64_t case_id, const Identity& caller, const Engine& engine);

// `now`, as of which the clock stands. Consumed and remaining are 0 where its calendar is gone.
ClockStanding StandingOf(const Clock& clock, const Published& published, Instant now);

// The name in the version that the case pins; empty where it is not in the catalogue.
std::string ItemName(const CaseRecord& record, const Published& published);

// The clock of the case that is due at that instant; null where none is.
const Clock* ClockDueAt(const CaseRecord& record, Instant due_at);

}  // namespace onewindow
