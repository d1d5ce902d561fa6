// Papers of a desk that lost its line, from the request to the store.
#include "engine/casework/paper_number.h"
#include "engine/clock/timestamp.h"
#include "engine/tables/schema.h"
#include "tests/engine/runtime/world.h"

namespace onewindow {
namespace {

class PapersTest : public World {
 protected:
  PapersTest() {
    Publish();
    time_.Pass(std::chrono::days(1));
    taken_in_ = time_.Now() - std::chrono::hours(20);
  }

  // A new request each time, as from somebody who knows of no earlier one.
  Command Paper(const std::string& applicant) {
    Command command = Submit(applicant);
    auto& wish = *command.mutable_submit_case();
    *wish.mutable_envelope()->mutable_occurred_at() = ToTimestamp(taken_in_);
    ExternalNumber& number = *wish.add_external_numbers();
    number.set_system(DeskSystem("window"));
    number.set_number("P1");
    return command;
  }
  // Nothing but the refusal came of it, and it names the case.
  void ExpectRefused(const Command& command, Reason reason) {
    const auto log_before = Rows(families::kLog);
    const Answer answer = Do(command);
    ASSERT_EQ(ReasonOf(answer), reason);
    EXPECT_EQ(std::get<Rejection>(answer).receipt_number, receipt_);
    EXPECT_EQ(Rows(families::kLog), log_before);
  }
  CaseId Receive() {
    const CaseId case_id = ExpectAccepted(Do(Paper("wang"))).case_id;
    receipt_ = Record(case_id).receipt_number();
    return case_id;
  }

  Instant taken_in_;
  std::string receipt_;
};

TEST_F(PapersTest, ItIsReceivedOnceHoweverLate) {
  Receive();
  ExpectRefused(Paper("wang"), PAPER_ALREADY_RECEIVED);
  time_.Pass(std::chrono::days(60));
  ExpectRefused(Paper("wang"), PAPER_ALREADY_RECEIVED);
  ExpectRefused(Paper("zhao"), PAPER_NUMBER_TAKEN);
}

TEST_F(PapersTest, ItIsReceivedOnceWithinABatchToo) {
  std::vector<Submission> both;
  both.push_back(Prepare("li", Paper("wang")));
  both.push_back(Prepare("li", Paper("wang")));
  const std::vector<Answer> answers = DoAll(std::move(both));
  ExpectAccepted(answers[0]);
  EXPECT_EQ(ReasonOf(answers[1]), PAPER_ALREADY_RECEIVED);
}

TEST_F(PapersTest, ATrialTakesNoNumber) {
  Command trial = Paper("wang");
  trial.mutable_submit_case()->mutable_envelope()->set_validate_only(true);
  ExpectAccepted(Do(trial));
  Receive();
  trial.mutable_submit_case()->mutable_envelope()->set_request_id("another-trial");
  ExpectRefused(trial, PAPER_ALREADY_RECEIVED);
}

// After a start everything is in the store.
TEST_F(PapersTest, ItIsReceivedOnceAcrossAStart) {
  Receive();
  Kill();
  Open();
  ExpectRefused(Paper("wang"), PAPER_ALREADY_RECEIVED);
}

TEST_F(PapersTest, ItStaysReceivedWhenItsCaseIsClosed) {
  const CaseId case_id = Receive();
  for (const Command& command :
       {Accept(case_id), Claim(case_id), Decide(case_id), Deliver(case_id), Close(case_id)}) {
    ExpectAccepted(Do(command));
  }
  ExpectRefused(Paper("wang"), PAPER_ALREADY_RECEIVED);
}

TEST_F(PapersTest, WhetherANumberIsDoubtfulIsOursToSay) {
  Command submit = Submit("wang");
  auto& wish = *submit.mutable_submit_case();
  wish.mutable_applicant()->set_document_doubtful(true);
  Applicant& other = *wish.add_co_applicants();
  other = wish.applicant();
  other.set_document_type(Applicant::IDENTITY_NUMBER);
  other.set_document_doubtful(false);
  const CaseRecord record = Record(ExpectAccepted(Do(submit)).case_id);
  EXPECT_FALSE(record.applicant().document_doubtful());
  EXPECT_TRUE(record.co_applicants(0).document_doubtful());
}

}  // namespace
}  // namespace onewindow
