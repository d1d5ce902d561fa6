#include "engine/clock/run.h"

#include <algorithm>
#include <vector>

#include "engine/base/check.h"
#include "engine/calendar/working_calendar.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

bool CountsDays(const Clock& clock) {
  return clock.limit().unit() == WORKING_DAYS || clock.limit().unit() == CALENDAR_DAYS;
}

int64_t PercentOf(int64_t budget, uint32_t percent) { return (budget * percent + 99) / 100; }

// `percent` of an UNTIL clock is that share of the time between its start and its end.
Instant ShareOfTime(const Clock& clock, uint32_t percent) {
  Instant start = ToInstant(clock.ledger(0).from());
  Instant end = ToInstant(clock.limit().until());
  return end <= start ? start : start + (end - start) / 100 * percent;
}

Instant PercentUsedAt(const Clock& clock, const WorkingCalendar& calendar, uint32_t percent) {
  if (clock.limit().unit() == UNTIL) return ShareOfTime(clock, percent);
  return ConsumedAt(clock, calendar, PercentOf(Budget(clock), percent));
}

Instant NearAt(const Clock& clock, Instant due, const ClockRules& rules) {
  const Thresholds& thresholds = rules.thresholds;
  if (CountsDays(clock) && Budget(clock) < thresholds.near_last_day_below_days()) {
    return StartOf(DateOf(due, rules.calendar.zone()), rules.calendar.zone());
  }
  return std::min(due, PercentUsedAt(clock, rules.calendar, thresholds.near_percent()));
}

// The first instant after `days` more working days (calendar days for a limit in those) are over.
Instant AfterOverdueDays(const Clock& clock, Instant due, uint32_t days,
                         const WorkingCalendar& calendar) {
  if (days == 0) return due + Duration(1);
  Date last = DateOf(due, calendar.zone());
  Date end = clock.limit().unit() == CALENDAR_DAYS
                 ? last + std::chrono::days(days)
                 : calendar.AddWorkingDays(last, static_cast<int>(days));
  return EndOf(end, calendar.zone()) + Duration(1);
}

Instant CardAt(const Clock& clock, const CardRule& rule, Instant due, const ClockRules& rules) {
  switch (rule.trigger_case()) {
    case CardRule::kDaysOverdue:
      return AfterOverdueDays(clock, due, rule.days_overdue(), rules.calendar);
    case CardRule::kDaysLeft:
      if (!CountsDays(clock)) return due - std::chrono::days(rule.days_left());
      return ConsumedAt(clock, rules.calendar,
                        std::max<int64_t>(0, Budget(clock) - rule.days_left()));
    case CardRule::kPercentUsed:
      return PercentUsedAt(clock, rules.calendar, rule.percent_used());
    case CardRule::TRIGGER_NOT_SET:
      break;
  }
  return due + Duration(1);
}

std::vector<Alarm> AlarmsOf(const Clock& clock, Instant due, const ClockRules& rules) {
  std::vector<Alarm> alarms;
  auto add = [&](Instant at, Alarm::Purpose purpose) -> Alarm& {
    Alarm& alarm = alarms.emplace_back();
    *alarm.mutable_at() = ToTimestamp(at);
    alarm.set_purpose(purpose);
    return alarm;
  };
  if (clock.kind() == HAND_OVER) add(due, Alarm::DEEM_ACKNOWLEDGED);
  if (clock.kind() == NOTICE) add(due, Alarm::END_NOTICE);
  // The last day is over before anybody has been silent.
  if (clock.limit().silence() != SILENCE_UNSPECIFIED) add(due + Duration(1), Alarm::SILENCE);
  for (int i = 0; i < rules.thresholds.cards_size(); ++i) {
    const CardRule& rule = rules.thresholds.cards(i);
    auto number = static_cast<uint32_t>(i + 1);
    const auto& fired = clock.fired_rules();
    if (rule.clock() != clock.kind()) continue;
    if (std::find(fired.begin(), fired.end(), number) != fired.end()) continue;
    Alarm& alarm = add(CardAt(clock, rule, due, rules), Alarm::ISSUE_CARD);
    alarm.set_colour(rule.colour());
    alarm.set_rule(number);
  }
  std::stable_sort(alarms.begin(), alarms.end(), [](const Alarm& a, const Alarm& b) {
    return ToInstant(a.at()) < ToInstant(b.at());
  });
  return alarms;
}

// Sets due, near, provisional, calendar version and alarms of `target`, an event or a clock.
template <typename Target>
void Project(const Clock& clock, const ClockRules& rules, Target& target) {
  Instant due = DueAt(clock, rules.calendar);
  *target.mutable_due_at() = ToTimestamp(due);
  target.clear_near_at();
  if (clock.kind() != NOTICE) *target.mutable_near_at() = ToTimestamp(NearAt(clock, due, rules));
  target.set_provisional(clock.limit().unit() != UNTIL &&
                         !rules.calendar.IsPublished(DateOf(due, rules.calendar.zone())));
  target.set_calendar_version(rules.calendar.version());
  target.clear_alarms();
  for (Alarm& alarm : AlarmsOf(clock, due, rules)) *target.add_alarms() = std::move(alarm);
}

void Append(Clock& clock, LedgerEntry::State state, const google::protobuf::Timestamp& from,
            uint64_t sequence) {
  LedgerEntry& entry = *clock.add_ledger();
  entry.set_state(state);
  *entry.mutable_from() = from;
  entry.set_opened_by(sequence);
}

google::protobuf::Timestamp NotBeforeLastEntry(const Clock& clock, Instant at) {
  return ToTimestamp(std::max(at, ToInstant(clock.ledger(clock.ledger_size() - 1).from())));
}

template <typename Event>
void TakeProjection(Clock& clock, const Event& event) {
  *clock.mutable_due_at() = event.due_at();
  clock.clear_near_at();
  if (event.has_near_at()) *clock.mutable_near_at() = event.near_at();
  clock.set_provisional(event.provisional());
  clock.set_calendar_version(event.calendar_version());
  *clock.mutable_alarms() = event.alarms();
}

}  // namespace

ClockStarted StartClock(const ClockStart& start, const ClockRules& rules) {
  ClockStarted event;
  Clock& clock = *event.mutable_clock();
  clock.set_id(start.id);
  clock.set_kind(start.kind);
  clock.set_subject(start.subject);
  clock.set_organisation(start.organisation);
  *clock.mutable_limit() = start.limit;
  clock.set_calendar(std::string(rules.calendar.id()));
  Append(clock, LedgerEntry::RUNNING, ToTimestamp(start.at), 0);
  Project(clock, rules, clock);
  return event;
}

ClockPaused PauseClock(const Clock& clock, Instant at) {
  CHECK(IsRunning(clock));
  ClockPaused event;
  event.set_clock_id(clock.id());
  *event.mutable_at() = NotBeforeLastEntry(clock, at);
  return event;
}

ClockResumed ResumeClock(const Clock& clock, Instant at, const ClockRules& rules) {
  CHECK(!IsRunning(clock));
  ClockResumed event;
  event.set_clock_id(clock.id());
  *event.mutable_at() = NotBeforeLastEntry(clock, at);
  Clock resumed = clock;
  Append(resumed, LedgerEntry::RUNNING, event.at(), 0);
  Project(resumed, rules, event);
  return event;
}

ClockExtended ExtendClock(const Clock& clock, const Grant& grant, const ClockRules& rules) {
  CHECK(!IsStopped(clock));
  ClockExtended event;
  event.set_clock_id(clock.id());
  *event.mutable_grant() = grant;
  if (IsPaused(clock)) return event;
  Clock extended = clock;
  *extended.add_grants() = grant;
  Project(extended, rules, event);
  return event;
}

ClockStopped StopClock(const Clock& clock, Instant at) {
  CHECK(!IsStopped(clock));
  ClockStopped event;
  event.set_clock_id(clock.id());
  *event.mutable_at() = NotBeforeLastEntry(clock, at);
  return event;
}

void Apply(Clock& clock, const ClockPaused& event, uint64_t sequence) {
  Append(clock, LedgerEntry::PAUSED, event.at(), sequence);
  // A due date that has passed stays: the clock ran out before it was paused.
  if (ToInstant(event.at()) <= ToInstant(clock.due_at())) clock.clear_due_at();
  clock.clear_near_at();
  clock.clear_alarms();
}

void Apply(Clock& clock, const ClockResumed& event, uint64_t sequence) {
  Append(clock, LedgerEntry::RUNNING, event.at(), sequence);
  TakeProjection(clock, event);
}

void Apply(Clock& clock, const ClockExtended& event) {
  *clock.add_grants() = event.grant();
  if (event.has_due_at()) TakeProjection(clock, event);
}

void Apply(Clock& clock, const ClockStopped& event, uint64_t sequence) {
  Append(clock, LedgerEntry::STOPPED, event.at(), sequence);
  clock.clear_near_at();
  clock.clear_alarms();
}

void Apply(Clock& clock, const ClockAnnulled&, uint64_t sequence) {
  if (!IsStopped(clock)) {
    Append(clock, LedgerEntry::STOPPED, clock.ledger(clock.ledger_size() - 1).from(), sequence);
  }
  clock.set_annulled(true);
  clock.clear_due_at();
  clock.clear_near_at();
  clock.clear_alarms();
}

void Apply(Clock& clock, const AlarmFired& event) {
  auto& alarms = *clock.mutable_alarms();
  auto fired = std::find_if(alarms.begin(), alarms.end(), [&](const Alarm& alarm) {
    return alarm.purpose() == event.alarm().purpose() && alarm.rule() == event.alarm().rule();
  });
  CHECK(fired != alarms.end()) << "clock " << clock.id() << " has no such alarm";
  alarms.erase(fired);
  if (event.alarm().rule() != 0) clock.add_fired_rules(event.alarm().rule());
}

}  // namespace onewindow
