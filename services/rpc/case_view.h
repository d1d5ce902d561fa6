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

// The case without personal data.
CaseView ViewOf(CaseRecord record, const Engine& engine);
// The case with its personal data, for whom the reading was accepted; without them where it was
// only validated, or of a file. Requires: what came of a ReadPersonalData.
Result<CaseView> PersonalViewOf(const Accepted& reading, const Engine& engine);

// The case, or CASE_NOT_FOUND, also where the caller may not know of it.
Reply<CaseRecord> FindCase(uint64_t case_id, const Identity& caller, const Engine& engine);
// The same, without personal data.
Reply<CaseView> GetCase(uint64_t case_id, const Identity& caller, const Engine& engine);

// `now`, as of which the clock stands. Consumed and remaining are 0 where its calendar is gone.
ClockStanding StandingOf(const Clock& clock, const Published& published, Instant now);

// The name in the version that the case pins, for an enquiry the latest; empty where it is not in
// the catalogue.
std::string ItemName(const CaseRecord& record, const Published& published);

// The clock of the case that is due at that instant; null where none is.
const Clock* ClockDueAt(const CaseRecord& record, Instant due_at);

}  // namespace onewindow
