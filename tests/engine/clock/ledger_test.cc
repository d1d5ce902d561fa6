#include "engine/clock/ledger.h"

#include <gtest/gtest.h>

#include "engine/clock/run.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/catalog.pb.h"
#include "tests/engine/clock/china_calendar.h"

namespace onewindow {
namespace {

class LedgerTest : public testing::Test {
 protected:
  Clock Started(std::string_view at, const Limit& limit, ClockKind kind = PROMISED) const {
    return StartClock({.id = 1,
                       .kind = kind,
                       .subject = "",
                       .organisation = "forestry",
                       .limit = limit,
                       .at = At(at)},
                      rules_)
        .clock();
  }
  Clock WorkingDays(std::string_view at, uint32_t amount) const {
    return Started(at, LimitOf(amount, WORKING_DAYS));
  }
  void Pause(Clock& clock, std::string_view at) const {
    Apply(clock, PauseClock(clock, At(at)), 2);
  }
  void Resume(Clock& clock, std::string_view at) const {
    Apply(clock, ResumeClock(clock, At(at), rules_), 3);
  }
  static std::string Due(const Clock& clock) {
    return FormatInstant(ToInstant(clock.due_at()), kBeijing);
  }

  WorkingCalendar calendar_ = China();
  Thresholds thresholds_;
  ClockRules rules_{.calendar = calendar_, .thresholds = thresholds_};
};

struct Vector {
  const char* start;
  uint32_t working_days;
  const char* due;
};

class VectorTest : public LedgerTest, public testing::WithParamInterface<Vector> {};

// The table of the domain, checked against the State Council's plans.
INSTANTIATE_TEST_SUITE_P(Domain, VectorTest,
                         testing::Values(Vector{"2024-02-07", 5, "2024-02-20"},
                                         Vector{"2025-01-24", 5, "2025-02-07"},
                                         Vector{"2025-04-25", 5, "2025-05-06"},
                                         Vector{"2025-09-26", 5, "2025-10-10"},
                                         Vector{"2025-09-26", 20, "2025-10-30"},
                                         Vector{"2026-02-12", 20, "2026-03-18"}));

TEST_P(VectorTest, EndsAtTheEndOfItsLastDay) {
  const Vector& vector = GetParam();
  Clock clock = WorkingDays(std::string(vector.start) + " 16:59", vector.working_days);
  EXPECT_EQ(Due(clock), std::string(vector.due) + "T23:59:59.999999+08:00");
  EXPECT_EQ(DueAt(clock, calendar_), ToInstant(clock.due_at()));
}

TEST_F(LedgerTest, NoDaysEndOnTheSameDay) {
  EXPECT_EQ(Due(WorkingDays("2025-10-13 09:00", 0)), "2025-10-13T23:59:59.999999+08:00");
}

TEST_F(LedgerTest, TheDayOfThePauseIsConsumedThatOfTheResumeIsNot) {
  Clock clock = WorkingDays("2025-10-13 09:00", 5);
  Pause(clock, "2025-10-15 00:00");
  EXPECT_EQ(Consumed(clock, calendar_, At("2025-10-17 09:00")), 2);
  EXPECT_FALSE(clock.has_due_at());
  Resume(clock, "2025-10-20 23:59");
  EXPECT_EQ(Consumed(clock, calendar_, At("2025-10-20 23:59")), 2);
  EXPECT_EQ(Consumed(clock, calendar_, At("2025-10-21 00:00")), 3);
  EXPECT_EQ(Due(clock), "2025-10-23T23:59:59.999999+08:00");
}

TEST_F(LedgerTest, AStoppedClockResumesItsConsumption) {
  Clock clock = WorkingDays("2025-10-13 09:00", 5);
  Apply(clock, StopClock(clock, At("2025-10-16 12:00")), 2);
  EXPECT_TRUE(IsStopped(clock));
  Resume(clock, "2025-10-20 09:00");
  EXPECT_EQ(Consumed(clock, calendar_, At("2025-10-20 10:00")), 3);
  EXPECT_EQ(Due(clock), "2025-10-22T23:59:59.999999+08:00");
}

TEST_F(LedgerTest, AnEntryBeforeTheLastIsMovedToIt) {
  Clock clock = WorkingDays("2025-10-13 09:00", 5);
  Pause(clock, "2025-10-10 09:00");
  EXPECT_EQ(ToInstant(clock.ledger(1).from()), At("2025-10-13 09:00"));
}

TEST_F(LedgerTest, ANoticeDoesNotRoll) {
  Limit week = LimitOf(7, CALENDAR_DAYS);
  EXPECT_EQ(Due(Started("2025-09-26 09:00", week)), "2025-10-09T23:59:59.999999+08:00");
  EXPECT_EQ(Due(Started("2025-09-26 09:00", week, NOTICE)), "2025-10-03T23:59:59.999999+08:00");
}

TEST_F(LedgerTest, HoursAreServiceTime) {
  Limit hours = LimitOf(4, SERVICE_HOURS);
  EXPECT_EQ(Due(Started("2025-10-13 11:00", hours)), "2025-10-13T16:00:00+08:00");
  EXPECT_EQ(Due(Started("2025-10-17 16:00", hours)), "2025-10-20T12:00:00+08:00");
}

TEST_F(LedgerTest, AnInstantFixedElsewhereIsNotMoved) {
  Limit until = LimitOf(0, UNTIL);
  *until.mutable_until() = ToTimestamp(At("2025-10-15 12:00"));
  Clock clock = Started("2025-10-13 09:00", until);
  Pause(clock, "2025-10-14 09:00");
  Resume(clock, "2025-10-20 09:00");
  EXPECT_EQ(Due(clock), "2025-10-15T12:00:00+08:00");
  EXPECT_EQ(Budget(clock), 0);
}

TEST_F(LedgerTest, OverdueStartsWithTheInstantAfterTheLast) {
  Clock clock = WorkingDays("2025-10-13 09:00", 1);
  Instant due = ToInstant(clock.due_at());
  EXPECT_NE(LightAt(clock, due), LIGHT_OVERDUE);
  EXPECT_EQ(LightAt(clock, due + Duration(1)), LIGHT_OVERDUE);
}

TEST_F(LedgerTest, ANoticeIsNeverOverdue) {
  Clock clock = Started("2025-10-13 09:00", LimitOf(1, CALENDAR_DAYS), NOTICE);
  EXPECT_EQ(LightAt(clock, At("2025-12-01 09:00")), LIGHT_NORMAL);
}

TEST_F(LedgerTest, ADateBeyondThePlanIsProvisional) {
  EXPECT_FALSE(WorkingDays("2026-12-20 09:00", 5).provisional());
  EXPECT_TRUE(WorkingDays("2026-12-28 09:00", 20).provisional());
}

}  // namespace
}  // namespace onewindow
