#include "engine/casework/wake.h"
#include "engine/runtime/log_reader.h"
#include "tests/engine/runtime/world.h"

namespace onewindow {
namespace {

class TimersTest : public World {
 protected:
  // Fires whatever is due, in turns of `max` cases. Says in how many turns.
  int FireAll(size_t max) {
    int turns = 0;
    while (partition_->FireDue(Now(), max) > 0) ++turns;
    return turns;
  }
  std::vector<CardRow> Cards() const {
    auto page = CaseQueries(store_, partition_->state()).ListCards({}, {.size = 100, .cursor = ""});
    EXPECT_TRUE(page.ok());
    return page.value().rows;
  }
};

TEST_F(TimersTest, NothingFiresBeforeItsTime) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  ExpectAccepted(Do(Accept(case_id)));
  ASSERT_TRUE(partition_->NextWakeAt().has_value());
  time_.Pass(*partition_->NextWakeAt() - time_.Now() - Duration(1));
  EXPECT_EQ(FireAll(10), 0);
  time_.Pass(Duration(1));
  EXPECT_EQ(FireAll(10), 1);
}

TEST_F(TimersTest, AnOverdueCaseGetsOneCardHoweverOftenTimersRun) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  ExpectAccepted(Do(Accept(case_id)));
  time_.Pass(std::chrono::days(60));
  FireAll(10);
  const size_t cards = Cards().size();
  EXPECT_GE(cards, 1u);
  EXPECT_EQ(Record(case_id).cards(), cards);
  time_.Pass(std::chrono::days(60));
  FireAll(10);
  EXPECT_EQ(Cards().size(), cards);
}

TEST_F(TimersTest, AfterDowntimeTheyFireOnceInTheOrderInWhichTheyWereDue) {
  Publish();
  std::vector<CaseId> cases;
  for (int i = 0; i < 5; ++i) {
    cases.push_back(SubmitCase("applicant " + std::to_string(i)));
    ExpectAccepted(Do(Accept(cases.back())));
    time_.Pass(std::chrono::days(1));
  }
  Kill();
  time_.Pass(std::chrono::days(25));
  Open();
  EXPECT_EQ(FireAll(2), 3);
  const std::vector<CardRow> cards = Cards();  // The newest first.
  ASSERT_GE(cards.size(), cases.size());
  for (size_t i = 1; i < cards.size(); ++i) {
    EXPECT_GE(cards[i - 1].sequence, cards[i].sequence);
    EXPECT_GE(cards[i - 1].issued_at, cards[i].issued_at);
  }
  Kill();
  Open();
  EXPECT_EQ(FireAll(2), 0);
  EXPECT_EQ(Cards().size(), cards.size());
}

TEST_F(TimersTest, WhatIsDueHappensBeforeACommandAndWhenItWasDue) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  ExpectAccepted(Do(Accept(case_id)));
  const Instant due = *NextWake(Record(case_id));
  time_.Pass(due - time_.Now() + std::chrono::hours(5));
  ExpectAccepted(Do(Claim(case_id)));
  const CaseRecord record = Record(case_id);
  const auto& history = record.history();
  ASSERT_EQ(history.size(), 4);
  const LoggedCommand fired = LogReader(store_).Read(Sequence{history[history.size() - 2]}).value();
  EXPECT_TRUE(fired.command().has_fire_alarms());
  EXPECT_EQ(fired.caller().person(), kSystemPerson);
  const Instant occurred(std::chrono::seconds(fired.events(0).occurred_at().seconds()));
  EXPECT_EQ(occurred, std::chrono::floor<std::chrono::seconds>(due));
}

TEST_F(TimersTest, AFullDiskHoldsTimersUpAndLosesNone) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  ExpectAccepted(Do(Accept(case_id)));
  time_.Pass(std::chrono::days(60));
  store_.failure = Fault{FaultKind::kNoSpace, "full"};
  EXPECT_EQ(partition_->FireDue(Now(), 10), 0u);
  store_.failure.reset();
  EXPECT_GT(FireAll(10), 0);
  EXPECT_FALSE(Cards().empty());
}

TEST_F(TimersTest, AJumpOfTheClockStopsWritesUntilItIsConfirmed) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  ExpectAccepted(Do(Accept(case_id)));
  time_.Jump(std::chrono::days(365));
  EXPECT_EQ(ReasonOf(Do(Claim(case_id))), CLOCK_JUMPED);
  EXPECT_EQ(partition_->FireDue(Now(), 10), 0u);
  EXPECT_TRUE(Cards().empty());
  partition_->ConfirmClock(Now());
  EXPECT_GT(FireAll(10), 0);
  ExpectAccepted(Do(Claim(case_id)));
}

TEST_F(TimersTest, AClockThatGoesBackNeverTakesTheEngineBack) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  const Instant before = *partition_->state().last_recorded;
  time_.Jump(-std::chrono::hours(3));
  ExpectAccepted(Do(Accept(case_id)));
  EXPECT_EQ(*partition_->state().last_recorded, before);
}

TEST_F(TimersTest, LongQuietIsNoJump) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  time_.Pass(std::chrono::days(100));
  ExpectAccepted(Do(Accept(case_id)));
}

TEST_F(TimersTest, AStartLongAfterTheLastRecordWaitsForConfirmation) {
  Publish();
  Kill();
  time_.Pass(policy_.downtime_max + std::chrono::hours(1));
  Open();
  EXPECT_EQ(ReasonOf(Do(Submit("wang"))), CLOCK_JUMPED);
  partition_->ConfirmClock(Now());
  SubmitCase("wang");
}

}  // namespace
}  // namespace onewindow
