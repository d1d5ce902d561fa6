#include "engine/clock/explain.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/base/check.h"
#include "engine/calendar/working_calendar.h"
#include "engine/clock/explain_text.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

constexpr int64_t kMicrosecondsPerMinute = 60'000'000;

// The clock as it stood then.
Clock AsOf(const Clock& clock, Instant as_of) {
  Clock then = clock;
  auto& ledger = *then.mutable_ledger();
  while (ledger.size() > 1 && ToInstant(ledger[ledger.size() - 1].from()) > as_of) {
    ledger.RemoveLast();
  }
  auto& grants = *then.mutable_grants();
  while (!grants.empty() && ToInstant(grants[grants.size() - 1].at()) > as_of) {
    grants.RemoveLast();
  }
  return then;
}

std::optional<Instant> DueAsOf(const Clock& clock, const Clock& then,
                               const WorkingCalendar& calendar) {
  bool as_stored =
      then.ledger_size() == clock.ledger_size() && then.grants_size() == clock.grants_size();
  if (!as_stored) {
    if (!IsRunning(then)) return std::nullopt;
    return DueAt(then, calendar);
  }
  if (!clock.has_due_at()) return std::nullopt;
  return ToInstant(clock.due_at());
}

// In days, or minutes for SERVICE_HOURS. The days by which a limit rolled on are not consumed.
int64_t InUnits(const Clock& clock, int64_t amount) {
  return clock.limit().unit() == SERVICE_HOURS ? amount / kMicrosecondsPerMinute : amount;
}

int64_t ConsumedWithoutRolling(const Clock& clock, const WorkingCalendar& calendar,
                               const ClockExplanation& explanation, Instant as_of) {
  int64_t consumed = Consumed(clock, calendar, as_of);
  if (clock.limit().unit() != CALENDAR_DAYS || !explanation.has_due_at()) return consumed;
  Instant due = ToInstant(explanation.due_at());
  if (as_of <= due) return std::min(consumed, Budget(clock));
  return consumed - std::max<int64_t>(0, Consumed(clock, calendar, due) - Budget(clock));
}

Instant LastInstantToExplain(const Clock& clock, const ClockExplanation& explanation,
                             Instant as_of) {
  if (IsStopped(clock)) return ToInstant(clock.ledger(clock.ledger_size() - 1).from());
  if (IsPaused(clock) || !explanation.has_due_at()) return as_of;
  return std::max(as_of, ToInstant(explanation.due_at()));
}

// Writes the days of one clock in ascending order.
class DayList {
 public:
  DayList(const Clock& clock, const WorkingCalendar& calendar, ClockExplanation& explanation)
      : clock_(clock), calendar_(calendar), explanation_(explanation) {}

  // False where the list was cut short.
  bool Fill(Instant last) {
    bool in_hours = clock_.limit().unit() == SERVICE_HOURS;
    Date start = DateOf(ToInstant(clock_.ledger(0).from()), calendar_.zone());
    Date through = DateOf(last, calendar_.zone());
    Date after = in_hours ? start - std::chrono::days(1) : start;
    if (through <= after) return true;
    Date shown = std::min(through, after + std::chrono::days(kExplainedDaysMax));
    for (const ExplainedDay& day : calendar_.Explain(after, shown)) {
      if (in_hours) {
        AddHours(day, last);
      } else {
        AddDay(day);
      }
    }
    return shown == through;
  }

 private:
  // The entry in force when the day begins. A change on the day itself is for the days after it:
  // that of a pause is consumed, that of the resume is not.
  const LedgerEntry& EntryOn(Date date) const {
    int index = 0;
    while (index + 1 < clock_.ledger_size() &&
           DateOf(ToInstant(clock_.ledger(index + 1).from()), calendar_.zone()) < date) {
      ++index;
    }
    return clock_.ledger(index);
  }

  ClockDay& Add(const ExplainedDay& day, ClockDay::Verdict verdict) {
    ClockDay& added = *explanation_.add_days();
    added.set_date(FormatDate(day.date));
    added.set_verdict(verdict);
    added.set_name(day.festival);
    return added;
  }

  void AddSkipped(const ExplainedDay& day) {
    Add(day, day.kind == DayKind::kHoliday ? ClockDay::SKIPPED_HOLIDAY : ClockDay::SKIPPED_WEEKEND);
  }

  void AddDay(const ExplainedDay& day) {
    bool counts = clock_.limit().unit() == CALENDAR_DAYS || day.counted();
    if (!counts) return AddSkipped(day);
    const LedgerEntry& entry = EntryOn(day.date);
    if (entry.state() != LedgerEntry::RUNNING) {
      Add(day, ClockDay::PAUSED).set_by(entry.opened_by());
      return;
    }
    if (RolledOn(day.date)) {
      Add(day, ClockDay::ROLLED);
      return;
    }
    ++counted_;
    AddCounted(day, counted_).set_ordinal(static_cast<uint32_t>(counted_));
  }

  bool RolledOn(Date date) const {
    if (clock_.limit().unit() != CALENDAR_DAYS || !explanation_.has_due_at()) return false;
    return counted_ >= Budget(clock_) &&
           date <= DateOf(ToInstant(explanation_.due_at()), calendar_.zone());
  }

  // `used`: with this day, in the unit of the grants.
  ClockDay& AddCounted(const ExplainedDay& day, int64_t used) {
    int64_t budget = clock_.limit().amount();
    for (const Grant& grant : clock_.grants()) {
      bool from_grant = used > budget && used <= budget + grant.amount();
      budget += grant.amount();
      if (!from_grant) continue;
      ClockDay& added = Add(day, ClockDay::COUNTED_GRANTED);
      added.set_by(grant.granted_by());
      return added;
    }
    bool make_up = day.kind == DayKind::kMakeUp && clock_.limit().unit() != CALENDAR_DAYS;
    return Add(day, make_up ? ClockDay::COUNTED_MAKE_UP : ClockDay::COUNTED);
  }

  void AddHours(const ExplainedDay& day, Instant last) {
    if (!day.counted()) return AddSkipped(day);
    Instant begin = StartOf(day.date, calendar_.zone());
    Instant end = std::min(StartOf(day.date + std::chrono::days(1), calendar_.zone()), last);
    Duration spent = RunningTime(begin, end);
    if (spent.count() == 0) {
      const LedgerEntry& entry = EntryOn(day.date);
      if (entry.state() != LedgerEntry::RUNNING) {
        Add(day, ClockDay::PAUSED).set_by(entry.opened_by());
      }
      return;
    }
    counted_ += spent.count();
    constexpr int64_t kPerHour = 60 * kMicrosecondsPerMinute;
    AddCounted(day, (counted_ + kPerHour - 1) / kPerHour)
        .set_minutes(static_cast<uint32_t>(spent.count() / kMicrosecondsPerMinute));
  }

  // Service time between the instants while the clock ran.
  Duration RunningTime(Instant begin, Instant end) const {
    Duration time{0};
    for (int i = 0; i < clock_.ledger_size(); ++i) {
      if (clock_.ledger(i).state() != LedgerEntry::RUNNING) continue;
      Instant from = std::max(begin, ToInstant(clock_.ledger(i).from()));
      Instant until = end;
      if (i + 1 < clock_.ledger_size()) {
        until = std::min(end, ToInstant(clock_.ledger(i + 1).from()));
      }
      if (from < until) time += calendar_.ServiceTimeBetween(from, until);
    }
    return time;
  }

  const Clock& clock_;
  const WorkingCalendar& calendar_;
  ClockExplanation& explanation_;
  int64_t counted_ = 0;  // Days, or microseconds for SERVICE_HOURS.
};

}  // namespace

ClockExplanation ExplainClock(const Clock& clock, const WorkingCalendar& calendar, Instant as_of) {
  Clock then = AsOf(clock, as_of);
  ClockExplanation explanation;
  *explanation.mutable_clock() = clock;
  *explanation.mutable_as_of() = ToTimestamp(as_of);
  explanation.set_state(StateOf(then));
  if (auto due = DueAsOf(clock, then, calendar)) {
    *explanation.mutable_due_at() = ToTimestamp(*due);
    explanation.set_provisional(clock.limit().unit() != UNTIL &&
                                !calendar.IsPublished(DateOf(*due, calendar.zone())));
    *then.mutable_due_at() = explanation.due_at();
  } else {
    then.clear_due_at();
  }
  explanation.set_light(LightAt(then, as_of));

  DayList days(then, calendar, explanation);
  bool complete = true;
  if (clock.limit().unit() != UNTIL) {
    explanation.set_budget(InUnits(then, Budget(then)));
    explanation.set_consumed(
        InUnits(then, ConsumedWithoutRolling(then, calendar, explanation, as_of)));
    explanation.set_remaining(explanation.budget() - explanation.consumed());
    complete = days.Fill(LastInstantToExplain(then, explanation, as_of));
  }
  explanation.set_text(ExplanationText(explanation, calendar.zone(),
                                       complete ? ListedDays::kAll : ListedDays::kCutShort));
  return explanation;
}

}  // namespace onewindow
