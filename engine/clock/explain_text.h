#pragma once

#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/clock.pb.h"

namespace onewindow {

enum class ListedDays { kAll, kCutShort };

// The reckoning of an explanation in a few lines of Chinese. Requires: all but its text is set.
std::string ExplanationText(const ClockExplanation& explanation, UtcOffset zone, ListedDays listed);

// "承诺时限", "环节时限", ...: the name of a kind of clock in notices and screens.
std::string_view ClockTitle(ClockKind kind);

}  // namespace onewindow
