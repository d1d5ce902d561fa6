#pragma once

#include <string>

#include "engine/runtime/case_folds.h"
#include "engine/tables/bytes.h"

namespace onewindow {

// A key of a worklist in a cursor. Format: urgency(1) due(8) case(8) task(4).
inline std::string WriteWorkKey(const WorkKey& key) {
  return ByteWriter()
      .U8(key.urgency)
      .U64(static_cast<uint64_t>(key.due.time_since_epoch().count()))
      .U64(key.case_id.value)
      .U32(key.task)
      .Take();
}

inline WorkKey ReadWorkKey(ByteReader& reader) {
  WorkKey key;
  key.urgency = reader.U8();
  key.due = Instant(Duration(static_cast<int64_t>(reader.U64())));
  key.case_id = CaseId{reader.U64()};
  key.task = reader.U32();
  return key;
}

// The least key behind it.
inline WorkKey KeyBehind(WorkKey key) {
  ++key.task;
  return key;
}

}  // namespace onewindow
