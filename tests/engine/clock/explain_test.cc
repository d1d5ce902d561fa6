#include "engine/clock/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/clock/run.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/catalog.pb.h"
#include "tests/engine/clock/china_calendar.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ExplainTest : public testing::Test {
 protected:
  Clock Started(std::string_view at, const Limit& limit) const {
    return StartClock({.id = 1,
                       .kind = PROMISED,
                       .subject = "",
                       .organisation = "forestry",
                       .limit = limit,
                       .at = At(at)},
                      rules_)
        .clock();
  }
  void Pause(Clock& clock, std::string_view at) const {
    Apply(clock, PauseClock(clock, At(at)), 7);
  }
  void Resume(Clock& clock, std::string_view at) const {
    Apply(clock, ResumeClock(clock, At(at), rules_), 8);
  }
  void Extend(Clock& clock, std::string_view at, uint32_t days) const {
    Grant grant;
    grant.set_amount(days);
    grant.set_granted_by(9);
    *grant.mutable_at() = ToTimestamp(At(at));
    Apply(clock, ExtendClock(clock, grant, rules_));
  }
  ClockExplanation Explain(const Clock& clock, std::string_view as_of) const {
    return ExplainClock(clock, calendar_, At(as_of));
  }
  // "2025-09-28 COUNTED_MAKE_UP 1 国庆节、中秋节".
  static std::vector<std::string> Days(const ClockExplanation& explanation) {
    std::vector<std::string> lines;
    for (const ClockDay& day : explanation.days()) {
      std::string line = day.date() + " " + ClockDay::Verdict_Name(day.verdict());
      if (day.ordinal() != 0) line += " " + std::to_string(day.ordinal());
      if (day.minutes() != 0) line += " " + std::to_string(day.minutes()) + "min";
      if (day.by() != 0) line += " by " + std::to_string(day.by());
      if (!day.name().empty()) line += " " + day.name();
      lines.push_back(line);
    }
    return lines;
  }

  WorkingCalendar calendar_ = China();
  Thresholds thresholds_;
  ClockRules rules_{.calendar = calendar_, .thresholds = thresholds_};
};

TEST_F(ExplainTest, NamesEachDayOfAPauseOverAHoliday) {
  Clock clock = Started("2025-09-26 09:00", LimitOf(5, WORKING_DAYS));
  Pause(clock, "2025-09-29 10:00");
  Resume(clock, "2025-10-09 10:00");
  ClockExplanation explanation = Explain(clock, "2025-10-10 09:00");
  EXPECT_THAT(
      Days(explanation),
      ElementsAre(
          "2025-09-27 SKIPPED_WEEKEND", "2025-09-28 COUNTED_MAKE_UP 1 国庆节、中秋节",
          "2025-09-29 COUNTED 2", "2025-09-30 PAUSED by 7",
          "2025-10-01 SKIPPED_HOLIDAY 国庆节、中秋节", "2025-10-02 SKIPPED_HOLIDAY 国庆节、中秋节",
          "2025-10-03 SKIPPED_HOLIDAY 国庆节、中秋节", "2025-10-04 SKIPPED_HOLIDAY 国庆节、中秋节",
          "2025-10-05 SKIPPED_HOLIDAY 国庆节、中秋节", "2025-10-06 SKIPPED_HOLIDAY 国庆节、中秋节",
          "2025-10-07 SKIPPED_HOLIDAY 国庆节、中秋节", "2025-10-08 SKIPPED_HOLIDAY 国庆节、中秋节",
          "2025-10-09 PAUSED by 7", "2025-10-10 COUNTED 3",
          "2025-10-11 COUNTED_MAKE_UP 4 国庆节、中秋节", "2025-10-12 SKIPPED_WEEKEND",
          "2025-10-13 COUNTED 5"));
  EXPECT_EQ(explanation.text(),
            "自2025-09-26起，承诺时限5个工作日，已用3天，剩余2天，截止2025-10-13。\n"
            "含调休上班2天；不计周末2天；不计节假日（国庆节、中秋节）8天；暂停不计2天。");
}

TEST_F(ExplainTest, SaysWhichDaysAnExtensionAdded) {
  Clock clock = Started("2025-10-13 09:00", LimitOf(2, WORKING_DAYS));
  Extend(clock, "2025-10-15 09:00", 2);
  ClockExplanation explanation = Explain(clock, "2025-10-16 09:00");
  EXPECT_THAT(Days(explanation), ElementsAre("2025-10-14 COUNTED 1", "2025-10-15 COUNTED 2",
                                             "2025-10-16 COUNTED_GRANTED 3 by 9",
                                             "2025-10-17 COUNTED_GRANTED 4 by 9"));
  EXPECT_EQ(explanation.budget(), 4);
  EXPECT_THAT(explanation.text(), HasSubstr("承诺时限2个工作日，经批准延长2个工作日，共4个工作日"));
}

TEST_F(ExplainTest, ListsRolledDaysAndCountsThemOnlyWhenOverdue) {
  Clock clock = Started("2025-10-13 09:00", LimitOf(5, CALENDAR_DAYS));
  ClockExplanation in_time = Explain(clock, "2025-10-19 09:00");
  EXPECT_THAT(Days(in_time),
              ElementsAre("2025-10-14 COUNTED 1", "2025-10-15 COUNTED 2", "2025-10-16 COUNTED 3",
                          "2025-10-17 COUNTED 4", "2025-10-18 COUNTED 5", "2025-10-19 ROLLED",
                          "2025-10-20 ROLLED"));
  EXPECT_EQ(in_time.remaining(), 0);
  EXPECT_THAT(in_time.text(), HasSubstr("末日逢休息日顺延2天"));
  ClockExplanation late = Explain(clock, "2025-10-22 09:00");
  EXPECT_EQ(late.light(), LIGHT_OVERDUE);
  EXPECT_EQ(late.remaining(), -2);
  EXPECT_EQ(late.days(late.days_size() - 1).ordinal(), 7u);
}

TEST_F(ExplainTest, AnOverdueClockGoesOnCounting) {
  Clock clock = Started("2025-10-13 09:00", LimitOf(1, WORKING_DAYS));
  ClockExplanation explanation = Explain(clock, "2025-10-16 09:00");
  EXPECT_THAT(Days(explanation),
              ElementsAre("2025-10-14 COUNTED 1", "2025-10-15 COUNTED 2", "2025-10-16 COUNTED 3"));
  EXPECT_EQ(explanation.remaining(), -2);
  EXPECT_THAT(explanation.text(), HasSubstr("已用3天，超期2天，截止2025-10-14"));
}

TEST_F(ExplainTest, APausedClockHasNoDueDate) {
  Clock clock = Started("2025-10-13 09:00", LimitOf(5, WORKING_DAYS));
  Pause(clock, "2025-10-14 09:00");
  ClockExplanation explanation = Explain(clock, "2025-10-15 09:00");
  EXPECT_THAT(Days(explanation), ElementsAre("2025-10-14 COUNTED 1", "2025-10-15 PAUSED by 7"));
  EXPECT_EQ(explanation.state(), LedgerEntry::PAUSED);
  EXPECT_FALSE(explanation.has_due_at());
  EXPECT_THAT(explanation.text(), HasSubstr("已用1天，剩余4天，现暂停计时。"));
}

TEST_F(ExplainTest, AStoppedClockEndsWhereItStopped) {
  Clock clock = Started("2025-10-13 09:00", LimitOf(5, WORKING_DAYS));
  Apply(clock, StopClock(clock, At("2025-10-15 09:00")), 4);
  ClockExplanation explanation = Explain(clock, "2025-12-01 09:00");
  EXPECT_THAT(Days(explanation), ElementsAre("2025-10-14 COUNTED 1", "2025-10-15 COUNTED 2"));
  EXPECT_EQ(explanation.state(), LedgerEntry::STOPPED);
  EXPECT_EQ(explanation.consumed(), 2);
}

TEST_F(ExplainTest, CountsMinutesOfServiceTime) {
  Clock clock = Started("2025-10-10 16:30", LimitOf(2, SERVICE_HOURS));
  Pause(clock, "2025-10-10 16:45");
  Resume(clock, "2025-10-13 08:00");
  Extend(clock, "2025-10-13 09:00", 1);
  ClockExplanation explanation = Explain(clock, "2025-10-13 10:00");
  EXPECT_THAT(Days(explanation),
              ElementsAre("2025-10-10 COUNTED 15min", "2025-10-11 PAUSED by 7 国庆节、中秋节",
                          "2025-10-12 SKIPPED_WEEKEND", "2025-10-13 COUNTED_GRANTED 165min by 9"));
  EXPECT_EQ(explanation.budget(), 180);
  EXPECT_EQ(explanation.consumed(), 75);
  EXPECT_EQ(explanation.remaining(), 105);
  EXPECT_THAT(explanation.text(), HasSubstr("已用75分钟，剩余105分钟，截止2025-10-13 11:45"));
}

TEST_F(ExplainTest, AnInstantFixedElsewhereHasNoDays) {
  Limit until = LimitOf(0, UNTIL);
  *until.mutable_until() = ToTimestamp(At("2025-10-15 12:00"));
  ClockExplanation explanation = Explain(Started("2025-10-13 09:00", until), "2025-10-14 09:00");
  EXPECT_EQ(explanation.days_size(), 0);
  EXPECT_EQ(explanation.text(), "自2025-10-13起，承诺时限，截止2025-10-15 12:00。");
}

TEST_F(ExplainTest, TheListIsCutShortAndSaysSo) {
  Clock clock = Started("2015-10-13 09:00", LimitOf(10'000, WORKING_DAYS));
  ClockExplanation explanation = Explain(clock, "2015-10-14 09:00");
  EXPECT_EQ(explanation.days_size(), kExplainedDaysMax);
  EXPECT_TRUE(explanation.provisional());
  EXPECT_THAT(explanation.text(), HasSubstr("（超出已公布的日历，暂定）"));
  EXPECT_THAT(explanation.text(), HasSubstr("逐日明细只列前2000天。"));
}

TEST_F(ExplainTest, WhatCameLaterIsNotSeen) {
  Clock clock = Started("2025-10-13 09:00", LimitOf(5, WORKING_DAYS));
  Pause(clock, "2025-10-15 09:00");
  Extend(clock, "2025-10-16 09:00", 5);
  ClockExplanation explanation = Explain(clock, "2025-10-14 09:00");
  EXPECT_EQ(explanation.state(), LedgerEntry::RUNNING);
  EXPECT_EQ(explanation.budget(), 5);
  EXPECT_EQ(FormatDate(DateOf(ToInstant(explanation.due_at()), kBeijing)), "2025-10-20");
}

}  // namespace
}  // namespace onewindow
