#pragma once

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/clock.pb.h"

namespace onewindow {

class WorkingCalendar;

// The most days that one explanation lists; its text says so where there are more.
inline constexpr int kExplainedDaysMax = 2000;

// How the clock stands at `as_of`, with the reckoning day by day and in Chinese. Days run from the
// one after the start to the due date or `as_of`, whichever is later; a paused clock's end at
// `as_of`, a stopped one's where it stopped. Clocks in SERVICE_HOURS also list the day of the
// start; an UNTIL clock has no days to count. Ledger entries and grants later than `as_of` are not
// seen. Requires: the calendar is the one that the clock names.
ClockExplanation ExplainClock(const Clock& clock, const WorkingCalendar& calendar, Instant as_of);

}  // namespace onewindow
