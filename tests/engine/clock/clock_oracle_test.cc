// Properties of clocks, against a walk through the days (clock_oracle.h).
#include "tests/engine/clock/clock_oracle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "engine/clock/explain.h"
#include "engine/clock/ledger.h"
#include "engine/clock/run.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/catalog.pb.h"
#include "tests/engine/clock/china_calendar.h"

namespace onewindow {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr uint32_t kFirstYear = 2024;
constexpr uint32_t kLastYear = 2026;

const Calendar& Document() {
  static const Calendar document = ChinaDocument(kFirstYear, kLastYear);
  return document;
}
const WorkingCalendar& TheCalendar() {
  static const WorkingCalendar calendar = WorkingCalendar::Make(Document()).value();
  return calendar;
}
const CalendarOracle& TheOracle() {
  static const CalendarOracle oracle(Document());
  return oracle;
}

ClockOracle::Moment ForOracle(Instant instant) {
  Date date = DateOf(instant, kBeijing);
  std::chrono::year_month_day civil(date);
  return {.day = {static_cast<int>(civil.year()),
                  static_cast<int>(static_cast<unsigned>(civil.month())),
                  static_cast<int>(static_cast<unsigned>(civil.day()))},
          .minute = static_cast<int>(
              std::chrono::floor<minutes>(instant - StartOf(date, kBeijing)).count())};
}

Instant FromOracle(const ClockOracle::Moment& moment) {
  Date date = MakeDate(moment.day.year, static_cast<unsigned>(moment.day.month),
                       static_cast<unsigned>(moment.day.day));
  return StartOf(date, kBeijing) + minutes(moment.minute);
}

// Mostly days apart, often on the same day or in the same minute, so that pauses fall over holidays
// and into one another's days.
minutes AnyGap() {
  return minutes(*rc::gen::weightedOneOf<int>({{3, rc::gen::inRange(0, 12 * 24 * 60)},
                                               {2, rc::gen::inRange(0, 9 * 60)},
                                               {1, rc::gen::just(0)}}));
}

// A clock and what the oracle knows of it, paused and resumed at random, running in the end.
struct AnyClock {
  explicit AnyClock(LimitUnit unit, int amount_max = 30) {
    bool in_hours = unit == SERVICE_HOURS;
    auto amount = static_cast<uint32_t>(*rc::gen::inRange(0, amount_max + 1));
    now =
        StartOf(MakeDate(2024, 1, 1), kBeijing) + minutes(*rc::gen::inRange(0, 3 * 365 * 24 * 60));
    life = {.unit = unit,
            .kind = *rc::gen::element(PROMISED, STEP, NOTICE),
            .budget = static_cast<int>(amount) * (in_hours ? 60 : 1),
            .start = ForOracle(now),
            .changes = {}};
    clock = StartClock({.id = 1,
                        .kind = life.kind,
                        .subject = "",
                        .organisation = "",
                        .limit = LimitOf(amount, unit),
                        .at = now},
                       rules)
                .clock();
  }

  void PauseAndResume(int times) {
    for (int i = 0; i < times; ++i) {
      now += AnyGap();
      Apply(clock, PauseClock(clock, now), 10);
      life.changes.push_back(ForOracle(now));
      if (*rc::gen::inRange(0, 3) == 0) Extend();
      now += AnyGap();
      Apply(clock, ResumeClock(clock, now, rules), 11);
      life.changes.push_back(ForOracle(now));
    }
  }

  // Only what has not run out is extended.
  void Extend() {
    if (clock.has_due_at()) return;
    Grant grant;
    grant.set_amount(static_cast<uint32_t>(*rc::gen::inRange(1, 6)));
    grant.set_granted_by(12);
    *grant.mutable_at() = ToTimestamp(now);
    Apply(clock, ExtendClock(clock, grant, rules));
    life.budget += static_cast<int>(grant.amount()) * (life.unit == SERVICE_HOURS ? 60 : 1);
  }

  Thresholds thresholds;
  ClockRules rules{.calendar = TheCalendar(), .thresholds = thresholds};
  Instant now{};
  ClockOracle::Life life;
  Clock clock;
};

Instant StoredDue(const Clock& clock) { return ToInstant(clock.due_at()); }

RC_GTEST_PROP(ClockOracleTest, DaysAreDueWhenTheOracleSays, ()) {
  AnyClock any(*rc::gen::element(WORKING_DAYS, CALENDAR_DAYS));
  any.PauseAndResume(*rc::gen::inRange(0, 5));
  ClockOracle oracle(TheOracle(), any.life);
  Date due = DateOf(FromOracle({.day = oracle.DueDay()}), kBeijing);
  RC_ASSERT(FormatInstant(StoredDue(any.clock), kBeijing) ==
            FormatInstant(EndOf(due, kBeijing), kBeijing));
}

RC_GTEST_PROP(ClockOracleTest, HoursAreDueWhenTheOracleSays, ()) {
  AnyClock any(SERVICE_HOURS, 40);
  any.PauseAndResume(*rc::gen::inRange(0, 4));
  ClockOracle oracle(TheOracle(), any.life);
  // The oracle sees whole minutes: a budget used up at the close of service is used up then.
  Instant due = FromOracle(oracle.DueMoment());
  RC_ASSERT(FormatInstant(StoredDue(any.clock), kBeijing) == FormatInstant(due, kBeijing));
}

RC_GTEST_PROP(ClockOracleTest, ConsumedIsWhatTheOracleCounts, ()) {
  AnyClock any(*rc::gen::element(WORKING_DAYS, CALENDAR_DAYS));
  any.PauseAndResume(*rc::gen::inRange(0, 5));
  Instant as_of = any.now + AnyGap();
  ClockOracle oracle(TheOracle(), any.life);
  int64_t counted = 0;
  ClockOracle::Day last = ForOracle(as_of).day;
  for (auto day = any.life.start.day; !ClockOracle::Before(last, day);
       day = CalendarOracle::Next(day)) {
    counted += oracle.Counts(day) ? 1 : 0;
  }
  RC_ASSERT(Consumed(any.clock, TheCalendar(), as_of) == counted);
}

// With the exception of the day on which the pause begins: where nothing is left, nothing moves.
RC_GTEST_PROP(ClockOracleTest, APauseMovesTheDueDateByTheWorkingTimePaused, ()) {
  AnyClock any(WORKING_DAYS);
  const Date before = DateOf(StoredDue(any.clock), kBeijing);
  Instant start = any.now;
  any.now += AnyGap();
  Date paused = DateOf(any.now, kBeijing);
  RC_PRE(paused < before && any.now >= start);
  Apply(any.clock, PauseClock(any.clock, any.now), 2);
  any.now += AnyGap();
  Apply(any.clock, ResumeClock(any.clock, any.now, any.rules), 3);
  Date after = DateOf(StoredDue(any.clock), kBeijing);
  RC_ASSERT(TheCalendar().WorkingDaysBetween(before, after) ==
            TheCalendar().WorkingDaysBetween(paused, DateOf(any.now, kBeijing)));
}

RC_GTEST_PROP(ClockOracleTest, AnExtensionMovesTheDueDateByItsDays, ()) {
  AnyClock any(WORKING_DAYS);
  const Date before = DateOf(StoredDue(any.clock), kBeijing);
  Grant grant;
  grant.set_amount(static_cast<uint32_t>(*rc::gen::inRange(0, 20)));
  Apply(any.clock, ExtendClock(any.clock, grant, any.rules));
  Date after = DateOf(StoredDue(any.clock), kBeijing);
  RC_ASSERT(TheCalendar().WorkingDaysBetween(before, after) == grant.amount());
}

// Each day once, from the one after the start to the due date or as_of; counted where the oracle
// counts, paused where it would have counted; ordinals 1, 2, 3, ...
RC_GTEST_PROP(ClockOracleTest, TheExplanationSaysOfEachDayWhatTheOracleSays, ()) {
  AnyClock any(*rc::gen::element(WORKING_DAYS, CALENDAR_DAYS));
  any.PauseAndResume(*rc::gen::inRange(0, 4));
  Instant as_of = any.now + AnyGap();
  ClockExplanation explanation = ExplainClock(any.clock, TheCalendar(), as_of);
  ClockOracle oracle(TheOracle(), any.life);
  auto day = any.life.start.day;
  uint32_t ordinal = 0;
  for (const ClockDay& explained : explanation.days()) {
    day = CalendarOracle::Next(day);
    RC_ASSERT(explained.date() == CalendarOracle::Text(day));
    bool paused = explained.verdict() == ClockDay::PAUSED;
    bool rolled = explained.verdict() == ClockDay::ROLLED;
    RC_ASSERT(paused == (oracle.IsOfUnit(day) && !oracle.RunsAtBeginOf(day)));
    RC_ASSERT((explained.ordinal() != 0 || rolled) == oracle.Counts(day));
    if (explained.ordinal() == 0) continue;
    RC_ASSERT(explained.ordinal() == ++ordinal);
    bool granted = explained.verdict() == ClockDay::COUNTED_GRANTED;
    RC_ASSERT(granted == (ordinal > any.clock.limit().amount() && ordinal <= Budget(any.clock)));
  }
  Date last = std::max(DateOf(as_of, kBeijing), DateOf(StoredDue(any.clock), kBeijing));
  RC_ASSERT(FormatDate(last) == CalendarOracle::Text(day));
  RC_ASSERT(explanation.consumed() + explanation.remaining() == explanation.budget());
  RC_ASSERT((explanation.remaining() < 0) ==
            (Consumed(any.clock, TheCalendar(), as_of) > Budget(any.clock) &&
             as_of > StoredDue(any.clock)));
}

}  // namespace
}  // namespace onewindow
