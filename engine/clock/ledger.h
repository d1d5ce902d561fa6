#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/clock.pb.h"

namespace onewindow {

class WorkingCalendar;

// Pure arithmetic over one clock. Budgets are counted in days for WORKING_DAYS and CALENDAR_DAYS
// and in microseconds of service time for SERVICE_HOURS; an UNTIL clock has no budget, only its
// end.
//
// Counting: an interval from s to e counts the days d of its unit with date(s) < d <= date(e),
// dates in the calendar's zone. So the day after the start is day 1, the day on which a pause
// begins is consumed, that of the resume is not.

// The limit and every grant.
int64_t Budget(const Clock& clock);

// Spent in RUNNING intervals until `as_of`.
int64_t Consumed(const Clock& clock, const WorkingCalendar& calendar, Instant as_of);

LedgerEntry::State StateOf(const Clock& clock);
inline bool IsRunning(const Clock& clock) { return StateOf(clock) == LedgerEntry::RUNNING; }
inline bool IsPaused(const Clock& clock) { return StateOf(clock) == LedgerEntry::PAUSED; }
inline bool IsStopped(const Clock& clock) { return StateOf(clock) == LedgerEntry::STOPPED; }

// The last instant in time, if the clock runs on from its last entry without another pause. A clock
// that ran out before its last pause is due when it ran out.
Instant DueAt(const Clock& clock, const WorkingCalendar& calendar);

// The first instant at which `share` of the budget is consumed, for 0 <= share <= Budget().
Instant ConsumedAt(const Clock& clock, const WorkingCalendar& calendar, int64_t share);

// Normal, near or overdue by the stored due and near times. A paused or stopped clock shows what it
// showed last: it is normal unless it was overdue when it stood still.
Light LightAt(const Clock& clock, Instant as_of);

}  // namespace onewindow
