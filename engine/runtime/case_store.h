#pragma once

#include <optional>

#include "engine/base/result.h"
#include "engine/kv/kv.h"
#include "engine/runtime/case_cache.h"

namespace onewindow {

// Reads a case from the open or the closed family. Nothing where there is none.
Result<std::optional<CommittedCase>> ReadCase(const Reader& store, CaseId case_id);

// The case as it was after the command with that sequence, made again from its history: what only
// read it is passed over. kCorrupt where the log lacks a part of it.
Result<CaseRecord> ReadCaseAsOf(const Reader& store, const CaseRecord& record, Sequence sequence);

}  // namespace onewindow
