#include "services/onewindow/desk_send.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "onewindow/v1/front_desk.pb.h"
#include "onewindow/v1/reasons.pb.h"
#include "services/onewindow/refusal.h"
#include "services/rpc/refusal.h"
#include "tests/services/onewindow/desk_world.h"
#include "tests/services/onewindow/fake_wire.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

using testing::ElementsAre;

constexpr char kMorning[] = "临-window-1-7k3m-20251010-0002";
constexpr char kNoon[] = "临-window-1-7k3m-20251010-0001";
constexpr char kSubmit[] = "/onewindow.v1.FrontDesk/Submit";
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

  void SayFine() { server_.Say(CommandOutcome()); }
  void SayTaken(const std::string& receipt) {
    CommandOutcome outcome;
    outcome.set_sequence(7);
    outcome.set_receipt_number(receipt);
    outcome.set_query_code("ABCDEFGH");
    server_.Say(outcome);
  }
  void SayTakesIn(const std::string& receipt) {
    SayFine();
    SayTaken(receipt);
  }
  void Refuse(Reason reason, const std::string& receipt = "") {
    Rejection rejection = RefusedBecause(reason, "Expected otherwise");
    rejection.receipt_number = receipt;
    const grpc::Status status = ToStatus(rejection);
    server_.Refuse({.code = static_cast<int>(status.error_code()),
                    .message = status.error_message(),
                    .details = status.error_details()});
  }
  void LineBreaks() {
    for (int i = 0; i < kTriesMax; ++i) server_.Refuse(kLineDown);
  }
  // The line breaks between the submission and its answer.
  void BringInDoubt() {
    SayFine();
    LineBreaks();
    Send({.numbers = {kMorning}});
    ASSERT_EQ(StateOf(kMorning), DeskLine::IN_DOUBT);
    server_.asked.clear();
  }

  DeskSendReport Send(const DeskSendWish& wish = {}) {
    FakeWire wire(server_);
    Caller caller(wire, std::chrono::seconds(1));
    auto report =
        DeskSend(caller, journal_, book_, time_)
            .Run(wish,
                 {.settled = [this](const DeskCase& known) { settled_.push_back(known.number()); },
                  .left = [this](
                              const DeskCase& known,
                              const CallFailure& why) { left_[known.number()] = ReasonOf(why); }});
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
  std::map<std::string, std::string> left_;  // With the reasons.
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
  EXPECT_THAT(Asked(), ElementsAre(kSubmit, kSubmit, kSubmit, kSubmit));
}

TEST_F(DeskSendTest, WhatIsSentIsTriedUnderAnotherIdFirst) {
  SayTakesIn("1");
  Send({.numbers = {kMorning}});
  const auto trial = server_.Request<SubmitCase>(0);
  EXPECT_TRUE(trial.envelope().validate_only());
  EXPECT_EQ(trial.envelope().request_id(), "desk:window-1-7k3m-20251010-0002:trial");
  const auto sent = server_.Request<SubmitCase>(1);
  EXPECT_FALSE(sent.envelope().validate_only());
  EXPECT_EQ(sent.envelope().request_id(), "desk:window-1-7k3m-20251010-0002");
  EXPECT_EQ(ToInstant(sent.envelope().occurred_at()), OnThe(10, 9));
  EXPECT_EQ(sent.external_numbers(0).number(), kMorning);
  EXPECT_EQ(StateOf(kNoon), DeskLine::TO_SEND);
}

TEST_F(DeskSendTest, WhatIsRefusedIsHeldBackAndTheRestGoesOn) {
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
  server_.Say(warned);
  EXPECT_EQ(Send({.numbers = {kMorning}}).held_back, 1u);
  EXPECT_EQ(book_.Find(kMorning)->held_back.cause(), "OPEN_CASE_OF_APPLICANT");
  EXPECT_EQ(book_.Find(kMorning)->held_back.case_id(), 42u);

  server_.Say(warned);
  SayTaken("1");
  EXPECT_EQ(Send({.numbers = {kMorning}, .on_open_case = OnOpenCase::kSend}).sent, 1u);
}

TEST_F(DeskSendTest, ALineThatBreaksBeforeTheSubmissionLeavesItToBeSent) {
  LineBreaks();
  const DeskSendReport report = Send();
  ASSERT_TRUE(report.stopped);
  EXPECT_EQ(report.left, 2u);
  EXPECT_EQ(StateOf(kMorning), DeskLine::TO_SEND);
  EXPECT_TRUE(settled_.empty());
}

TEST_F(DeskSendTest, ALineThatBreaksInTheMidstLeavesADoubt) {
  SayFine();
  LineBreaks();
  const DeskSendReport report = Send();
  ASSERT_TRUE(report.stopped);
  EXPECT_EQ(report.left, 2u);
  EXPECT_EQ(StateOf(kMorning), DeskLine::IN_DOUBT);
  EXPECT_EQ(StateOf(kNoon), DeskLine::TO_SEND);
}

// Who sent it gets the answer that he missed, under the same request id.
TEST_F(DeskSendTest, ADoubtEndsWithTheAnswerThatWasMissed) {
  BringInDoubt();
  Refuse(PAPER_ALREADY_RECEIVED, "1");
  SayTaken("1");
  EXPECT_EQ(Send({.numbers = {kMorning}}).sent, 1u);
  EXPECT_EQ(server_.Request<SubmitCase>(1).envelope().request_id(),
            "desk:window-1-7k3m-20251010-0002");
  EXPECT_EQ(book_.Find(kMorning)->sent.receipt_number(), "1");
  EXPECT_EQ(book_.Find(kMorning)->sent.query_code(), "ABCDEFGH");
}

// Another copy of the journal sent it, or somebody else, or too long ago to be remembered.
TEST_F(DeskSendTest, WhatWasReceivedBeforeIsRecordedAsSent) {
  Refuse(PAPER_ALREADY_RECEIVED, "9");
  Refuse(PAPER_ALREADY_RECEIVED, "9");
  EXPECT_EQ(Send({.numbers = {kMorning}}).sent, 1u);
  EXPECT_EQ(book_.Find(kMorning)->sent.receipt_number(), "9");
  EXPECT_EQ(book_.Find(kMorning)->sent.query_code(), "");
}

TEST_F(DeskSendTest, WhatSomebodyElseSendsMeanwhileIsRecordedAsSent) {
  SayFine();
  Refuse(PAPER_ALREADY_RECEIVED, "9");
  EXPECT_EQ(Send({.numbers = {kMorning}}).sent, 1u);
  EXPECT_EQ(book_.Find(kMorning)->sent.receipt_number(), "9");
}

TEST_F(DeskSendTest, ALineThatBreaksBeforeTheMissedAnswerLeavesTheDoubt) {
  BringInDoubt();
  Refuse(PAPER_ALREADY_RECEIVED, "1");
  LineBreaks();
  EXPECT_TRUE(Send({.numbers = {kMorning}}).stopped);
  EXPECT_EQ(StateOf(kMorning), DeskLine::IN_DOUBT);
}

TEST_F(DeskSendTest, ANumberThatAnotherPaperHasIsHeldBack) {
  Refuse(PAPER_NUMBER_TAKEN, "9");
  EXPECT_EQ(Send({.numbers = {kMorning}}).held_back, 1u);
  EXPECT_EQ(book_.Find(kMorning)->held_back.cause(), "PAPER_NUMBER_TAKEN");
}

// Nothing is wrong with a paper that the wrong person sends.
TEST_F(DeskSendTest, WhatIsOfTheCallerLeavesThePaperAsItWas) {
  for (const Reason reason : {POSITION_NOT_HELD, NOT_SUBSTITUTE, CALL_NOT_ALLOWED}) {
    Refuse(reason);
    Refuse(reason);
    const DeskSendReport report = Send();
    EXPECT_EQ(report.held_back, 0u);
    EXPECT_EQ(report.left, 2u);
    EXPECT_FALSE(report.stopped);
    EXPECT_EQ(left_[kMorning], Reason_Name(reason));
    EXPECT_EQ(StateOf(kMorning), DeskLine::TO_SEND);
  }
}

TEST_F(DeskSendTest, ADoubtStaysUntilTheEngineSaysThatItHasNoSuchPaper) {
  BringInDoubt();
  for (const Reason reason : {POSITION_NOT_HELD, PROGRAM_FAULT}) {
    Refuse(reason);
    Send({.numbers = {kMorning}});
    EXPECT_EQ(StateOf(kMorning), DeskLine::IN_DOUBT) << Reason_Name(reason);
  }
  server_.Refuse({.code = 7, .message = "somebody on the way says no", .details = ""});
  Send({.numbers = {kMorning}});
  EXPECT_EQ(StateOf(kMorning), DeskLine::IN_DOUBT);
  Refuse(OCCURRED_TOO_LONG_AGO);
  Send({.numbers = {kMorning}});
  EXPECT_EQ(StateOf(kMorning), DeskLine::HELD_BACK);
}

TEST_F(DeskSendTest, APaperThatMakesTheServerFailDoesNotHoldUpTheOthers) {
  Refuse(PROGRAM_FAULT);
  SayFine();
  Refuse(PROGRAM_FAULT);
  const DeskSendReport report = Send();
  EXPECT_EQ(report.held_back, 1u);
  EXPECT_EQ(report.left, 1u);
  EXPECT_EQ(StateOf(kMorning), DeskLine::HELD_BACK);
  EXPECT_EQ(StateOf(kNoon), DeskLine::IN_DOUBT);
  EXPECT_EQ(left_[kNoon], "PROGRAM_FAULT");
}

TEST_F(DeskSendTest, AStoreThatFailsStopsAll) {
  Refuse(STORE_FAILED);
  const DeskSendReport report = Send();
  EXPECT_TRUE(report.stopped);
  EXPECT_EQ(report.left, 2u);
}

TEST_F(DeskSendTest, ASubstituteSendsForTheAbsentHolder) {
  SayTakesIn("1");
  Send({.numbers = {kMorning}, .on_behalf_of = "li"});
  EXPECT_EQ(server_.Request<SubmitCase>(0).envelope().on_behalf_of(), "li");
  EXPECT_EQ(server_.Request<SubmitCase>(1).envelope().on_behalf_of(), "li");
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
