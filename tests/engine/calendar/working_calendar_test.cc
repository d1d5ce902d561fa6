#include "engine/calendar/working_calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/calendar/calendar_document.h"

namespace onewindow {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;

const WorkingCalendar& China() {
  static const WorkingCalendar calendar = [] {
    auto read = ReadCalendarDirectory(ONEWINDOW_SOURCE_DIR "/deploy/calendars/china");
    CHECK(read.ok()) << FormatProblems(read.problems);
    return WorkingCalendar::Make(read.message).value();
  }();
  return calendar;
}

Date Day(std::string_view text) { return *ParseDate(text); }
Instant At(std::string_view text) { return *ParseInstant(text, kBeijing); }
std::string Minute(Instant instant) { return FormatMinute(instant, kBeijing); }

// domain.md section 4.
struct DueVector {
  std::string start;
  int working_days;
  std::string due;
};

class DueVectorTest : public testing::TestWithParam<DueVector> {};

TEST_P(DueVectorTest, IsMet) {
  const auto& [start, working_days, due] = GetParam();
  EXPECT_EQ(FormatDate(China().AddWorkingDays(Day(start), working_days)), due);
  EXPECT_EQ(China().WorkingDaysBetween(Day(start), Day(due)), working_days);
}

INSTANTIATE_TEST_SUITE_P(Domain, DueVectorTest,
                         testing::Values(DueVector{"2024-02-07", 5, "2024-02-20"},
                                         DueVector{"2025-01-24", 5, "2025-02-07"},
                                         DueVector{"2025-04-25", 5, "2025-05-06"},
                                         DueVector{"2025-09-26", 5, "2025-10-10"},
                                         DueVector{"2025-09-26", 20, "2025-10-30"},
                                         DueVector{"2026-02-12", 20, "2026-03-18"}));

struct YearVector {
  int year;
  int working_days;
};

class YearVectorTest : public testing::TestWithParam<YearVector> {};

TEST_P(YearVectorTest, IsMet) {
  const auto& [year, working_days] = GetParam();
  EXPECT_EQ(China().WorkingDaysBetween(MakeDate(year - 1, 12, 31), MakeDate(year, 12, 31)),
            working_days);
}

INSTANTIATE_TEST_SUITE_P(Domain, YearVectorTest,
                         testing::Values(YearVector{2019, 250}, YearVector{2020, 249},
                                         YearVector{2021, 250}, YearVector{2022, 249},
                                         YearVector{2023, 249}, YearVector{2024, 251},
                                         YearVector{2025, 248}, YearVector{2026, 248}));

TEST(WorkingCalendarTest, DecemberIsGovernedByThePlanOfTheNextYear) {
  EXPECT_EQ(China().Kind(Day("2018-12-29")), DayKind::kMakeUp) << "a Saturday, in the plan of 2019";
  EXPECT_EQ(China().Kind(Day("2018-12-31")), DayKind::kHoliday) << "a Monday, in the plan of 2019";
  EXPECT_EQ(China().Kind(Day("2022-12-31")), DayKind::kHoliday);
}

TEST(WorkingCalendarTest, WeekendsBesideAHolidayAreOffWithoutBeingListed) {
  EXPECT_EQ(China().Kind(Day("2019-09-13")), DayKind::kHoliday);
  EXPECT_EQ(China().Kind(Day("2019-09-14")), DayKind::kWeekend);
  EXPECT_EQ(China().AddWorkingDays(Day("2019-09-12"), 1), Day("2019-09-16"));
  EXPECT_EQ(China().Kind(Day("2025-10-11")), DayKind::kMakeUp);
  EXPECT_EQ(China().Kind(Day("2025-10-12")), DayKind::kWeekend);
}

TEST(WorkingCalendarTest, YearsChangedMidwayStandInTheirFinalForm) {
  EXPECT_EQ(China().Kind(Day("2015-09-03")), DayKind::kHoliday) << "the parade day of May 2015";
  EXPECT_EQ(China().Kind(Day("2019-05-02")), DayKind::kHoliday) << "added in March 2019";
  EXPECT_EQ(China().Kind(Day("2020-01-31")), DayKind::kHoliday) << "prolonged in January 2020";
}

TEST(WorkingCalendarTest, NoDaysAreAddedFromADayOfRest) {
  EXPECT_EQ(China().AddWorkingDays(Day("2025-10-04"), 0), Day("2025-10-04"));
  EXPECT_EQ(China().AddWorkingDays(Day("2025-10-04"), 1), Day("2025-10-09"));
  EXPECT_EQ(China().NextWorkingDay(Day("2025-10-04")), Day("2025-10-09"));
  EXPECT_EQ(China().NextWorkingDay(Day("2025-10-09")), Day("2025-10-09"));
}

TEST(WorkingCalendarTest, NothingLiesBetweenADayAndAnEarlierOne) {
  EXPECT_EQ(China().WorkingDaysBetween(Day("2025-10-10"), Day("2025-10-10")), 0);
  EXPECT_EQ(China().WorkingDaysBetween(Day("2025-10-10"), Day("2025-09-01")), 0);
}

TEST(WorkingCalendarTest, CalendarDaysRollForwardFromADayOfRestButNoticesStand) {
  Date start = Day("2025-09-24");
  EXPECT_EQ(China().AddCalendarDays(start, 10, LastDayOfRest::kRollsForward), Day("2025-10-09"));
  EXPECT_EQ(China().AddCalendarDays(start, 10, LastDayOfRest::kStands), Day("2025-10-04"));
  EXPECT_EQ(China().AddCalendarDays(start, 4, LastDayOfRest::kRollsForward), Day("2025-09-28"))
      << "a Sunday that is a make-up workday";
}

TEST(WorkingCalendarTest, BeyondThePublishedYearsWeekdaysCountProvisionally) {
  EXPECT_TRUE(China().IsPublished(Day("2026-12-31")));
  EXPECT_FALSE(China().IsPublished(Day("2027-01-01")));
  EXPECT_EQ(China().Kind(Day("2027-01-01")), DayKind::kWorkday);
  EXPECT_EQ(China().Kind(Day("2027-01-02")), DayKind::kWeekend);
  EXPECT_EQ(China().AddWorkingDays(Day("2026-12-30"), 3), Day("2027-01-04"));
}

TEST(WorkingCalendarTest, DaysBeforeTheFirstYearAreRefusedByName) {
  EXPECT_TRUE(China().Covers(Day("2015-01-01")).ok());
  Status refused = China().Covers(Day("2014-12-31"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.fault().message,
            "Expected a date from 2015-01-01 on, the first day of calendar china, but got "
            "2014-12-31");
  EXPECT_FALSE(China().IsPublished(Day("2014-12-31")));
  EXPECT_FALSE(China().Covers(At("2014-12-31 23:59")).ok());
  EXPECT_TRUE(China().Covers(At("2015-01-01 00:00")).ok()) << "midnight of Beijing, not of UTC";
}

TEST(WorkingCalendarTest, CountingAnUncoveredDayIsABugAndNeverSilent) {
  CheckScope scope;
  EXPECT_THROW(China().AddWorkingDays(Day("2014-12-31"), 5), CheckFailure);
  EXPECT_THROW(China().WorkingDaysBetween(Day("2014-12-30"), Day("2015-01-05")), CheckFailure);
  EXPECT_THROW((void)China().IsWorkingDay(Day("2014-12-31")), CheckFailure);
  EXPECT_THROW(China().AddWorkingDays(Day("2015-01-05"), -1), CheckFailure);
  EXPECT_THROW(China().ServiceTimeBetween(At("2014-12-31 12:00"), At("2015-01-05 12:00")),
               CheckFailure);
}

TEST(WorkingCalendarTest, ExplainSaysOfEachDayWhetherItCountsAndWhy) {
  auto explained = China().Explain(Day("2025-09-27"), Day("2025-10-01"));
  EXPECT_THAT(
      explained,
      ElementsAre(ExplainedDay{Day("2025-09-28"), DayKind::kMakeUp, "国庆节、中秋节", {}},
                  ExplainedDay{Day("2025-09-29"), DayKind::kWorkday, "", {}},
                  ExplainedDay{Day("2025-09-30"), DayKind::kWorkday, "", {}},
                  ExplainedDay{Day("2025-10-01"), DayKind::kHoliday, "国庆节、中秋节", {}}));
  EXPECT_TRUE(explained[0].counted());
  EXPECT_TRUE(explained[1].counted());
  EXPECT_FALSE(explained[3].counted());
}

TEST(WorkingCalendarTest, ExplainMarksProvisionalDays) {
  auto explained = China().Explain(Day("2026-12-30"), Day("2027-01-02"));
  ASSERT_EQ(explained.size(), 3u);
  EXPECT_EQ(explained[0].standing, ExplainedDay::Standing::kPublished);
  EXPECT_EQ(explained[1].standing, ExplainedDay::Standing::kProvisional);
  EXPECT_EQ(explained[2].kind, DayKind::kWeekend);
  EXPECT_FALSE(explained[2].counted());
}

TEST(ServiceTimeTest, PassesOnlyInServiceHours) {
  auto between = [](std::string_view from, std::string_view to) {
    return China().ServiceTimeBetween(At(from), At(to));
  };
  EXPECT_EQ(between("2025-10-09 00:00", "2025-10-10 00:00"), hours(7));
  EXPECT_EQ(between("2025-10-09 11:30", "2025-10-09 13:30"), hours(1)) << "noon is no service time";
  EXPECT_EQ(between("2025-10-09 12:10", "2025-10-09 12:50"), hours(0));
  EXPECT_EQ(between("2025-09-30 16:00", "2025-10-09 10:00"), hours(2)) << "over the holiday";
  EXPECT_EQ(between("2025-10-10 16:00", "2025-10-11 10:00"), hours(2)) << "a make-up Saturday";
  EXPECT_EQ(between("2025-10-09 10:00", "2025-10-09 09:00"), hours(0));
}

TEST(ServiceTimeTest, AnAmountEndsAtTheEarliestInstant) {
  auto add = [](std::string_view from, Duration amount) {
    return Minute(China().AddServiceTime(At(from), amount));
  };
  EXPECT_EQ(add("2025-10-09 10:00", hours(2)), "2025-10-09 12:00") << "not 13:00";
  EXPECT_EQ(add("2025-10-09 10:00", hours(6)), "2025-10-09 17:00") << "not the next morning";
  EXPECT_EQ(add("2025-10-09 10:00", hours(6) + minutes(1)), "2025-10-10 09:01");
  EXPECT_EQ(add("2025-09-30 16:30", hours(1)), "2025-10-09 09:30");
  EXPECT_EQ(add("2025-10-04 03:00", hours(0)), "2025-10-04 03:00");
  EXPECT_EQ(add("2025-10-04 03:00", minutes(1)), "2025-10-09 09:01");
  EXPECT_EQ(add("2026-12-31 16:59", hours(7)), "2027-01-01 16:59") << "provisional";
}

TEST(ServiceTimeTest, TheCloseOfServiceIsTheEndOfTheLastHours) {
  EXPECT_EQ(Minute(China().CloseOfService(Day("2025-10-09"))), "2025-10-09 17:00");
}

TEST(WorkingCalendarTest, TheDutchCalendarHasPlainWeeks) {
  auto read = ReadCalendarDirectory(ONEWINDOW_SOURCE_DIR "/deploy/calendars/weekdays-nl");
  ASSERT_TRUE(read.ok()) << FormatProblems(read.problems);
  auto calendar = WorkingCalendar::Make(read.message);
  ASSERT_TRUE(calendar.ok());
  EXPECT_EQ(calendar.value().id(), "weekdays-nl");
  EXPECT_EQ(calendar.value().zone(), UtcOffset{minutes(60)});
  EXPECT_EQ(calendar.value().first_day(), Day("2010-01-01"));
  EXPECT_EQ(calendar.value().last_published_day(), Day("2012-12-31"));
  EXPECT_EQ(calendar.value().AddWorkingDays(Day("2010-12-24"), 1), Day("2010-12-27"));
}

TEST(WorkingCalendarTest, AnUnusableCalendarIsRefusedWithEverythingThatIsWrong) {
  Calendar calendar;
  calendar.set_id("China");
  auto made = WorkingCalendar::Make(calendar);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.fault().kind, FaultKind::kInvalid);
  EXPECT_THAT(made.fault().message, HasSubstr("id: expected a name"));
  EXPECT_THAT(made.fault().message, HasSubstr("years: expected at least one year"));
  EXPECT_THAT(made.fault().message, HasSubstr("service_hours: expected at least one span"));
}

}  // namespace
}  // namespace onewindow
