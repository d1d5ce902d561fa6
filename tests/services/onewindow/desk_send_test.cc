#include "services/onewindow/desk_send.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "onewindow/v1/front_desk.pb.h"
#include "tests/services/onewindow/desk_world.h"
#include "tests/services/onewindow/fake_wire.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

using testing::ElementsAre;

constexpr char kMorning[] = "临-window-1-20251010-0002";
constexpr char kNoon[] = "临-window-1-20251010-0001";
constexpr char kSubmit[] = "/onewindow.v1.FrontDesk/Submit";
constexpr char kFind[] = "/onewindow.v1.FrontDesk/FindCases";
const CallFailure kLineDown{.code = 14, .message = "no route", .details = ""};
const CallFailure kRefused{.code = 3, .message = "the material is not listed", .details = ""};

class DeskSendTest : public testing::Test {
 protected:
  DeskSendTest() : journal_(Opened()), book_({}) {
    // Recorded in another order than that of the papers.
    Write(Entered(kNoon, OnThe(10, 12)));
    Write(Entered(kMorning, OnThe(10, 9)));
  }

  DeskJournal Opened() {
    EXPECT_TRUE(DeskJournal::Create(scratch_ / "desk", entropy_).ok());
    return DeskJournal::Open(scratch_ / "desk", entropy_).value();
  }
  void Write(const DeskRecord& record) {
    ASSERT_TRUE(journal_.Append(record).ok());
    book_.Take(record);
  }

  void SayFoundNothing() { server_.Say(FindCasesResponse()); }
  void SayTaken(const std::string& receipt) {
    CommandOutcome outcome;
    outcome.set_sequence(7);
    outcome.set_receipt_number(receipt);
    outcome.set_query_code("ABCDEFGH");
    server_.Say(outcome);
  }
  void SayTakesIn(const std::string& receipt) {
    SayFoundNothing();
    server_.Say(CommandOutcome());
    SayTaken(receipt);
  }

  DeskSendReport Send(const DeskSendWish& wish = {}) {
    FakeWire wire(server_);
    Caller caller(wire, std::chrono::seconds(1));
    auto report = DeskSend(caller, journal_, book_, time_).Run(wish, [this](const DeskCase& known) {
      settled_.push_back(known.number());
    });
    EXPECT_TRUE(report.ok());
    return report.value();
  }
  DeskLine::State StateOf(const std::string& number) { return book_.Find(number)->state; }
  std::vector<std::string> Asked() const {
    std::vector<std::string> methods;
    for (const auto& asked : server_.asked) methods.push_back(asked.method);
    return methods;
  }

  ScratchDirectory scratch_;
  CountingEntropy entropy_;
  StandingTime time_;
  DeskJournal journal_;
  DeskBook book_;
  FakeServer server_;
  std::vector<std::string> settled_;
};

TEST_F(DeskSendTest, PapersAreSentInTheOrderOfTheirTimes) {
  SayTakesIn("1");
  SayTakesIn("2");
  const DeskSendReport report = Send();
  EXPECT_EQ(report.sent, 2u);
  EXPECT_EQ(report.left, 0u);
  EXPECT_THAT(settled_, ElementsAre(kMorning, kNoon));
  EXPECT_EQ(book_.Find(kMorning)->sent.receipt_number(), "1");
  EXPECT_EQ(book_.Find(kMorning)->sent.query_code(), "ABCDEFGH");
  EXPECT_THAT(Asked(), ElementsAre(kFind, kSubmit, kSubmit, kFind, kSubmit, kSubmit));
}

TEST_F(DeskSendTest, WhatIsSentIsTriedUnderAnotherIdFirst) {
  SayTakesIn("1");
  Send({.numbers = {kMorning}});
  const auto trial = server_.Request<SubmitCase>(1);
  EXPECT_TRUE(trial.envelope().validate_only());
  EXPECT_EQ(trial.envelope().request_id(), "desk:window-1-20251010-0002:trial");
  const auto sent = server_.Request<SubmitCase>(2);
  EXPECT_FALSE(sent.envelope().validate_only());
  EXPECT_EQ(sent.envelope().request_id(), "desk:window-1-20251010-0002");
  EXPECT_EQ(ToInstant(sent.envelope().occurred_at()), OnThe(10, 9));
  EXPECT_EQ(sent.external_numbers(0).number(), kMorning);
  EXPECT_EQ(StateOf(kNoon), DeskLine::TO_SEND);
}

TEST_F(DeskSendTest, WhatIsRefusedIsHeldBackAndTheRestGoesOn) {
  SayFoundNothing();
  server_.Refuse(kRefused);
  SayTakesIn("2");
  const DeskSendReport report = Send();
  EXPECT_EQ(report.held_back, 1u);
  EXPECT_EQ(report.sent, 1u);
  EXPECT_EQ(StateOf(kMorning), DeskLine::HELD_BACK);
  EXPECT_EQ(book_.Find(kMorning)->held_back.text(), "the material is not listed");
  EXPECT_EQ(StateOf(kNoon), DeskLine::SENT);
}

TEST_F(DeskSendTest, AnOpenCaseOfTheApplicantHoldsBackUnlessSomebodySaysOtherwise) {
  CommandOutcome warned;
  warned.add_warnings()->set_kind(Warning::PROVISIONAL_DUE_DATE);
  warned.add_warnings()->set_kind(Warning::OPEN_CASE_OF_APPLICANT);
  warned.mutable_warnings(1)->set_case_id(42);
  SayFoundNothing();
  server_.Say(warned);
  EXPECT_EQ(Send({.numbers = {kMorning}}).held_back, 1u);
  EXPECT_EQ(book_.Find(kMorning)->held_back.cause(), "OPEN_CASE_OF_APPLICANT");
  EXPECT_EQ(book_.Find(kMorning)->held_back.case_id(), 42u);

  SayFoundNothing();
  server_.Say(warned);
  SayTaken("1");
  EXPECT_EQ(Send({.numbers = {kMorning}, .on_open_case = OnOpenCase::kSend}).sent, 1u);
}

TEST_F(DeskSendTest, ALineThatBreaksBeforeTheSubmissionLeavesItToBeSent) {
  for (int i = 0; i < kTriesMax; ++i) server_.Refuse(kLineDown);
  const DeskSendReport report = Send();
  ASSERT_TRUE(report.stopped);
  EXPECT_EQ(report.left, 2u);
  EXPECT_EQ(StateOf(kMorning), DeskLine::TO_SEND);
  EXPECT_TRUE(settled_.empty());
}

TEST_F(DeskSendTest, ALineThatBreaksInTheMidstLeavesADoubtThatTheSameRequestEnds) {
  SayFoundNothing();
  server_.Say(CommandOutcome());
  for (int i = 0; i < kTriesMax; ++i) server_.Refuse(kLineDown);
  const DeskSendReport report = Send();
  ASSERT_TRUE(report.stopped);
  EXPECT_EQ(report.left, 2u);
  EXPECT_EQ(StateOf(kMorning), DeskLine::IN_DOUBT);

  server_.asked.clear();
  SayTaken("1");
  Send({.numbers = {kMorning}});
  EXPECT_THAT(Asked(), ElementsAre(kSubmit));
  EXPECT_EQ(server_.Request<SubmitCase>(0).envelope().request_id(), "desk:window-1-20251010-0002");
  EXPECT_EQ(book_.Find(kMorning)->sent.query_code(), "ABCDEFGH");
}

// The server does not remember a request id for ever.
TEST_F(DeskSendTest, AnOldDoubtIsEndedByASearch) {
  SayFoundNothing();
  server_.Say(CommandOutcome());
  for (int i = 0; i < kTriesMax; ++i) server_.Refuse(kLineDown);
  Send({.numbers = {kMorning}});
  time_.now += std::chrono::days(1);
  server_.asked.clear();
  SayTakesIn("1");
  Send({.numbers = {kMorning}});
  EXPECT_THAT(Asked(), ElementsAre(kFind, kSubmit, kSubmit));
}

TEST_F(DeskSendTest, WhatAnotherCopyOfTheJournalSentIsFoundAndNotSentAgain) {
  FindCasesResponse found;
  CaseRecord& record = *found.add_cases()->mutable_record();
  record.set_receipt_number("9");
  *record.mutable_received_at() = ToTimestamp(OnThe(10, 9));
  *record.mutable_external_numbers() = book_.Find(kMorning)->entry.submission().external_numbers();
  server_.Say(found);
  EXPECT_EQ(Send({.numbers = {kMorning}}).sent, 1u);
  EXPECT_THAT(Asked(), ElementsAre(kFind));
  EXPECT_EQ(book_.Find(kMorning)->sent.receipt_number(), "9");
}

// Two desks of one position, each set up by itself, give the same numbers.
TEST_F(DeskSendTest, ACaseOfAnotherTimeUnderTheSameNumberIsAnotherCase) {
  FindCasesResponse found;
  CaseRecord& record = *found.add_cases()->mutable_record();
  *record.mutable_received_at() = ToTimestamp(OnThe(10, 10));
  *record.mutable_external_numbers() = book_.Find(kMorning)->entry.submission().external_numbers();
  server_.Say(found);
  server_.Say(CommandOutcome());
  SayTaken("1");
  Send({.numbers = {kMorning}});
  EXPECT_EQ(book_.Find(kMorning)->sent.receipt_number(), "1");
}

TEST_F(DeskSendTest, WhoIsNotKnownIsNotToldSoForEveryCase) {
  server_.Refuse({.code = 16, .message = "who are you", .details = ""});
  const DeskSendReport report = Send();
  ASSERT_TRUE(report.stopped);
  EXPECT_EQ(report.held_back, 0u);
  EXPECT_EQ(report.left, 2u);
}

TEST_F(DeskSendTest, WhatIsSettledIsNotSentAgain) {
  SayTakesIn("1");
  SayTakesIn("2");
  Send();
  server_.asked.clear();
  EXPECT_EQ(Send().sent, 0u);
  EXPECT_TRUE(server_.asked.empty());
}

}  // namespace
}  // namespace onewindow
