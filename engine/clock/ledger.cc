#include "engine/clock/ledger.h"

#include <algorithm>
#include <vector>

#include "engine/base/check.h"
#include "engine/calendar/working_calendar.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

struct RunningInterval {
  Instant from;
  std::optional<Instant> until;  // Nothing while it lasts.
};

std::vector<RunningInterval> RunningIntervals(const Clock& clock) {
  std::vector<RunningInterval> intervals;
  for (int i = 0; i < clock.ledger_size(); ++i) {
    if (clock.ledger(i).state() != LedgerEntry::RUNNING) continue;
    RunningInterval interval{.from = ToInstant(clock.ledger(i).from()), .until = {}};
    if (i + 1 < clock.ledger_size()) interval.until = ToInstant(clock.ledger(i + 1).from());
    intervals.push_back(interval);
  }
  return intervals;
}

int64_t Between(LimitUnit unit, const WorkingCalendar& calendar, Instant from, Instant until) {
  if (until <= from) return 0;
  Date after = DateOf(from, calendar.zone());
  Date through = DateOf(until, calendar.zone());
  switch (unit) {
    case WORKING_DAYS:
      return calendar.WorkingDaysBetween(after, through);
    case CALENDAR_DAYS:
      return (through - after).count();
    case SERVICE_HOURS:
      return calendar.ServiceTimeBetween(from, until).count();
    case UNTIL:
    case LIMIT_UNIT_UNSPECIFIED:
    case LimitUnit_INT_MIN_SENTINEL_DO_NOT_USE_:
    case LimitUnit_INT_MAX_SENTINEL_DO_NOT_USE_:
      return 0;
  }
  return 0;
}

// A limit that ends on a day of rest ends on the next working day (民法典 203); a public notice is
// a minimum and does not.
Date RollWhereItMust(const Clock& clock, const WorkingCalendar& calendar, Date date) {
  if (clock.limit().unit() != CALENDAR_DAYS || clock.kind() == NOTICE) return date;
  return calendar.NextWorkingDay(date);
}

// The day on which the `amount`-th unit after `from` falls.
Date DayAfter(const Clock& clock, const WorkingCalendar& calendar, Instant from, int64_t amount) {
  Date start = DateOf(from, calendar.zone());
  if (clock.limit().unit() == WORKING_DAYS)
    return calendar.AddWorkingDays(start, static_cast<int>(amount));
  return start + std::chrono::days(amount);
}

Instant EndAfter(const Clock& clock, const WorkingCalendar& calendar, Instant from,
                 int64_t amount) {
  if (clock.limit().unit() == SERVICE_HOURS) return calendar.AddServiceTime(from, Duration(amount));
  Date day = RollWhereItMust(clock, calendar, DayAfter(clock, calendar, from, amount));
  return EndOf(day, calendar.zone());
}

Instant BeginAfter(const Clock& clock, const WorkingCalendar& calendar, Instant from,
                   int64_t amount) {
  if (clock.limit().unit() == SERVICE_HOURS) return calendar.AddServiceTime(from, Duration(amount));
  if (amount == 0) return from;
  return StartOf(DayAfter(clock, calendar, from, amount), calendar.zone());
}

// Where `budget` runs out: `reach` projects it from the start of each running interval with what is
// left there, and the first projection that its interval still contains holds.
template <typename Reach>
Instant Walk(const Clock& clock, const WorkingCalendar& calendar, int64_t budget, Reach reach) {
  int64_t left = budget;
  Instant end{};
  for (const RunningInterval& interval : RunningIntervals(clock)) {
    end = reach(clock, calendar, interval.from, left);
    if (!interval.until || end < *interval.until) return end;
    left -= std::min(left, Between(clock.limit().unit(), calendar, interval.from, *interval.until));
  }
  return end;
}

}  // namespace

int64_t Budget(const Clock& clock) {
  int64_t amount = clock.limit().amount();
  for (const Grant& grant : clock.grants()) amount += grant.amount();
  if (clock.limit().unit() != SERVICE_HOURS) return amount;
  return Duration(std::chrono::hours(amount)).count();
}

int64_t Consumed(const Clock& clock, const WorkingCalendar& calendar, Instant as_of) {
  int64_t consumed = 0;
  for (const RunningInterval& interval : RunningIntervals(clock)) {
    Instant until = std::min(interval.until.value_or(as_of), as_of);
    consumed += Between(clock.limit().unit(), calendar, interval.from, until);
  }
  return consumed;
}

LedgerEntry::State StateOf(const Clock& clock) {
  CHECK(clock.ledger_size() > 0) << "clock " << clock.id() << " has no ledger";
  return clock.ledger(clock.ledger_size() - 1).state();
}

Instant DueAt(const Clock& clock, const WorkingCalendar& calendar) {
  if (clock.limit().unit() == UNTIL) return ToInstant(clock.limit().until());
  return Walk(clock, calendar, Budget(clock), EndAfter);
}

Instant ConsumedAt(const Clock& clock, const WorkingCalendar& calendar, int64_t share) {
  return Walk(clock, calendar, share, BeginAfter);
}

Light LightAt(const Clock& clock, Instant as_of) {
  if (clock.kind() == NOTICE || !clock.has_due_at()) return LIGHT_NORMAL;
  Instant shown = as_of;
  if (!IsRunning(clock)) shown = ToInstant(clock.ledger(clock.ledger_size() - 1).from());
  if (shown > ToInstant(clock.due_at())) return LIGHT_OVERDUE;
  if (!IsRunning(clock)) return LIGHT_NORMAL;
  if (clock.has_near_at() && shown >= ToInstant(clock.near_at())) return LIGHT_NEAR;
  return LIGHT_NORMAL;
}

}  // namespace onewindow
