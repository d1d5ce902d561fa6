// Properties of WorkingCalendar on any calendar, against tests/support/calendar_oracle.h.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "engine/calendar/calendar_document.h"
#include "engine/calendar/working_calendar.h"
#include "tests/support/calendar_oracle.h"

namespace onewindow {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using OracleDay = CalendarOracle::Day;

Date Civil(const OracleDay& day) {
  return MakeDate(day.year, static_cast<unsigned>(day.month), static_cast<unsigned>(day.day));
}

OracleDay ForOracle(Date date) {
  std::chrono::year_month_day civil(date);
  return {static_cast<int>(civil.year()), static_cast<int>(static_cast<unsigned>(civil.month())),
          static_cast<int>(static_cast<unsigned>(civil.day()))};
}

// Days of the plan are drawn from the whole year and the December before, a third of them near its
// turn, so that plans speak of the same days.
CalendarYear AnyYear(int year) {
  CalendarYear drawn;
  drawn.set_year(static_cast<uint32_t>(year));
  Date december = MakeDate(year - 1, 12, 1);
  int length = static_cast<int>((MakeDate(year, 12, 31) - december).count());
  auto offset = rc::gen::weightedOneOf<int>({{2, rc::gen::inRange(0, length + 1)},
                                             {1, rc::gen::inRange(0, 31)},
                                             {1, rc::gen::inRange(length - 30, length + 1)}});
  for (int chosen : *rc::gen::container<std::set<int>>(offset)) {
    auto* day = drawn.add_days();
    day->set_date(FormatDate(december + days(chosen)));
    day->set_name("节");
    day->set_kind(*rc::gen::element(CalendarDay::HOLIDAY, CalendarDay::WORKDAY));
  }
  return drawn;
}

Calendar AnyCalendar() {
  Calendar calendar;
  calendar.set_id("any");
  calendar.set_utc_offset_minutes(*rc::gen::inRange(-840, 841));
  int first = *rc::gen::inRange(1900, 2100);
  int count = *rc::gen::inRange(1, 4);
  for (int i = 0; i < count; ++i) *calendar.add_years() = AnyYear(first + i);
  auto edges = *rc::gen::unique<std::vector<int>>(4, rc::gen::inRange(0, 1441));
  std::sort(edges.begin(), edges.end());
  for (size_t i = 0; i < edges.size(); i += 2) {
    auto* hours = calendar.add_service_hours();
    hours->set_from_minute(static_cast<uint32_t>(edges[i]));
    hours->set_to_minute(static_cast<uint32_t>(edges[i + 1]));
  }
  return calendar;
}

// From the first day to half a year past the published ones.
Date AnyDay(const WorkingCalendar& calendar) {
  int length = static_cast<int>((calendar.last_published_day() - calendar.first_day()).count());
  return calendar.first_day() + days(*rc::gen::inRange(0, length + 180));
}

struct Pair {
  Calendar document = AnyCalendar();
  WorkingCalendar calendar = WorkingCalendar::Make(document).value();
  CalendarOracle oracle{document};
};

RC_GTEST_PROP(WorkingCalendarOracleTest, DaysAreOfTheSameKind, ()) {
  Pair any;
  for (Date day = any.calendar.first_day(); day <= any.calendar.last_published_day() + days(30);
       day += days(1)) {
    RC_ASSERT(any.calendar.IsWorkingDay(day) == any.oracle.IsWorking(ForOracle(day)));
  }
}

RC_GTEST_PROP(WorkingCalendarOracleTest, SumsAndCountsAreEqual, ()) {
  Pair any;
  Date start = AnyDay(any.calendar);
  int n = *rc::gen::inRange(0, 200);
  Date due = any.calendar.AddWorkingDays(start, n);
  RC_ASSERT(due == Civil(any.oracle.AddWorking(ForOracle(start), n)));
  RC_ASSERT(any.calendar.WorkingDaysBetween(start, due) == n);
  Date through = start + days(*rc::gen::inRange(0, 300));
  RC_ASSERT(any.calendar.WorkingDaysBetween(start, through) ==
            any.oracle.WorkingBetween(ForOracle(start), ForOracle(through)));
}

RC_GTEST_PROP(WorkingCalendarOracleTest, CalendarDaysEndOnTheSameDay, ()) {
  Pair any;
  Date start = AnyDay(any.calendar);
  int n = *rc::gen::inRange(0, 100);
  OracleDay end = any.oracle.AddCalendar(ForOracle(start), n);
  RC_ASSERT(any.calendar.AddCalendarDays(start, n, LastDayOfRest::kStands) == Civil(end));
  RC_ASSERT(any.calendar.AddCalendarDays(start, n, LastDayOfRest::kRollsForward) ==
            Civil(any.oracle.FirstWorkingFrom(end)));
}

RC_GTEST_PROP(WorkingCalendarOracleTest, ExplanationsCountWhatIsCounted, ()) {
  Pair any;
  Date after = AnyDay(any.calendar);
  Date through = after + days(*rc::gen::inRange(0, 100));
  int64_t counted = 0;
  for (const ExplainedDay& day : any.calendar.Explain(after, through)) {
    RC_ASSERT(day.counted() == any.oracle.IsWorking(ForOracle(day.date)));
    counted += day.counted() ? 1 : 0;
  }
  RC_ASSERT(counted == any.calendar.WorkingDaysBetween(after, through));
}

RC_GTEST_PROP(WorkingCalendarOracleTest, ServiceMinutesAreThoseOfTheWalk, ()) {
  Pair any;
  Date day = AnyDay(any.calendar);
  int first_minute = *rc::gen::inRange(0, 1440);
  int length = *rc::gen::inRange(1, 5 * 1440);
  Instant from = StartOf(day, any.calendar.zone()) + minutes(first_minute);
  Instant last_end = from;
  int counted = 0;
  OracleDay walked = ForOracle(day);
  for (int i = 0, minute = first_minute; i < length; ++i) {
    if (any.oracle.IsService(walked, minute)) {
      ++counted;
      last_end = from + minutes(i + 1);
    }
    if (++minute == 1440) {
      minute = 0;
      walked = CalendarOracle::Next(walked);
    }
  }
  RC_ASSERT(any.calendar.ServiceTimeBetween(from, from + minutes(length)) == minutes(counted));
  RC_ASSERT(any.calendar.AddServiceTime(from, minutes(counted)) == last_end);
}

RC_GTEST_PROP(WorkingCalendarOracleTest, ServiceTimeAddsUp, ()) {
  Pair any;
  auto instant = [&] {
    return StartOf(AnyDay(any.calendar), any.calendar.zone()) +
           Duration(*rc::gen::inRange<int64_t>(0, 86'400'000'000));
  };
  std::vector<Instant> order = {instant(), instant(), instant()};
  std::sort(order.begin(), order.end());
  RC_ASSERT(any.calendar.ServiceTimeBetween(order[0], order[1]) +
                any.calendar.ServiceTimeBetween(order[1], order[2]) ==
            any.calendar.ServiceTimeBetween(order[0], order[2]));
  Duration amount(*rc::gen::inRange<int64_t>(1, 100'000'000'000));
  Instant due = any.calendar.AddServiceTime(order[0], amount);
  RC_ASSERT(any.calendar.ServiceTimeBetween(order[0], due) == amount);
  RC_ASSERT(any.calendar.ServiceTimeBetween(order[0], due - Duration(1)) < amount);
}

TEST(WorkingCalendarOracleTest, TheShippedCalendarAgreesOnEveryDayAndLimit) {
  auto read = ReadCalendarDirectory(ONEWINDOW_SOURCE_DIR "/deploy/calendars/china");
  ASSERT_TRUE(read.ok()) << FormatProblems(read.problems);
  auto calendar = WorkingCalendar::Make(read.message).value();
  CalendarOracle oracle(read.message);
  for (Date day = calendar.first_day(); day <= calendar.last_published_day(); day += days(1)) {
    ASSERT_EQ(calendar.IsWorkingDay(day), oracle.IsWorking(ForOracle(day))) << FormatDate(day);
  }
  for (Date day = calendar.first_day(); day <= calendar.last_published_day(); day += days(13)) {
    ASSERT_EQ(calendar.AddWorkingDays(day, 20), Civil(oracle.AddWorking(ForOracle(day), 20)))
        << FormatDate(day);
  }
}

}  // namespace
}  // namespace onewindow
