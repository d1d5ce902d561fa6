#pragma once

#include <optional>

#include "engine/base/instant.h"

namespace onewindow {

namespace v1 {
class CaseRecord;
}

// When the earliest alarm or lease of the case is due; nothing where none is. From this instant on
// a FireAlarms command with `until` at or after it makes events.
std::optional<Instant> NextWake(const v1::CaseRecord& record);

}  // namespace onewindow
