// Enquiries, accompanied cases and supervision orders as the runtime keeps and finds them.
#include <gtest/gtest.h>

#include <string>

#include "engine/kv/data_directory.h"
#include "engine/runtime/verify.h"
#include "engine/tables/schema.h"
#include "tests/engine/runtime/world.h"

namespace onewindow {
namespace {

class ContactTest : public World {
 protected:
  ContactTest() { Publish(); }

  template <typename Wish>
  Wish For(CaseId case_id) {
    Wish wish;
    Fill(*wish.mutable_envelope());
    wish.set_case_id(case_id.value);
    return wish;
  }

  Command Enquire(const std::string& asker) {
    Command command;
    RecordEnquiry& wish = *command.mutable_record_enquiry();
    Fill(*wish.mutable_envelope());
    wish.set_item("desk-item");
    wish.mutable_question()->set_text("a planted question");
    if (asker.empty()) return command;
    wish.mutable_applicant()->set_document_type(Applicant::OTHER_DOCUMENT);
    wish.mutable_applicant()->mutable_document_number()->set_text(asker);
    return command;
  }
  Command Reply(CaseId enquiry) {
    Command command;
    *command.mutable_answer_enquiry() = For<AnswerEnquiry>(enquiry);
    command.mutable_answer_enquiry()->mutable_answer()->set_text("a planted answer");
    return command;
  }
  Command Accompany(CaseId case_id) {
    Command command;
    *command.mutable_accompany_case() = For<AccompanyCase>(case_id);
    return command;
  }
  Command Order(CaseId case_id, Duration time_to_answer) {
    Command command;
    OrderSupervision& wish = *command.mutable_order_supervision();
    wish = For<OrderSupervision>(case_id);
    wish.mutable_order()->set_text("a planted order");
    const auto until = time_.Now() + time_to_answer;
    wish.mutable_reply_by()->set_seconds(
        std::chrono::floor<std::chrono::seconds>(until.time_since_epoch()).count());
    return command;
  }
  Command AnswerOrder(CaseId case_id, uint32_t order) {
    Command command;
    *command.mutable_answer_supervision_order() = For<AnswerSupervisionOrder>(case_id);
    command.mutable_answer_supervision_order()->set_order_id(order);
    command.mutable_answer_supervision_order()->mutable_answer()->set_text("a planted answer");
    return command;
  }

  CaseQueries cases() const { return {store_, partition_->state()}; }
  WorkQueries work() const { return {store_, partition_->state()}; }

  // Newest first.
  std::vector<uint64_t> Orders(const OrderQuery& query) const {
    std::vector<uint64_t> found;
    auto page = cases().ListOrders(query, {}, time_.Now());
    EXPECT_TRUE(page.ok());
    for (const OrderRow& row : page.value().rows) found.push_back(row.case_id.value);
    return found;
  }

  void ExpectStoreIsWhatTheLogMakes() {
    ExpectFoldsAreRebuiltAsTheyAre();
    const Head head = HeadFile::Read(HeadPath(directory_)).value();
    auto report = VerifyStore(memory_, head, {});
    ASSERT_TRUE(report.ok());
    for (const VerifyFinding& finding : report.value().findings) {
      ADD_FAILURE() << finding.where << ": " << finding.what;
    }
  }

 private:
  void Fill(Envelope& envelope) {
    envelope.set_request_id("contact-" + std::to_string(++requests_));
    envelope.set_position("window");
    envelope.set_channel(CHANNEL_WINDOW);
  }

  int requests_ = 0;
};

TEST_F(ContactTest, AnEnquiryIsFoundByReceiptAndByWhoAsked) {
  const CaseId id = ExpectAccepted(Do(Enquire("wang"))).case_id;
  const CaseRecord record = Record(id);
  auto by_receipt = cases().FindByReceipt(record.receipt_number());
  ASSERT_TRUE(by_receipt.ok() && by_receipt.value());
  EXPECT_EQ(by_receipt.value()->id(), id.value);
  auto by_asker = cases().FindByApplicant(vault_.Pseudonym(Applicant::OTHER_DOCUMENT, "wang"), {});
  ASSERT_TRUE(by_asker.ok());
  ASSERT_EQ(by_asker.value().rows.size(), 1u);
  EXPECT_EQ(by_asker.value().rows[0].id(), id.value);
}

TEST_F(ContactTest, WhoAsksMayStayUnknown) {
  const CaseId id = ExpectAccepted(Do(Enquire(""))).case_id;
  EXPECT_TRUE(Record(id).applicant().pseudonym().empty());
  ExpectStoreIsWhatTheLogMakes();
}

TEST_F(ContactTest, QuestionsAnswersAndOrdersAreSealed) {
  const CaseId id = ExpectAccepted(Do(Enquire("wang"))).case_id;
  ExpectAccepted(DoAs(kSystemPerson, Order(id, std::chrono::hours(24))));
  ExpectAccepted(Do(AnswerOrder(id, 1)));
  ExpectAccepted(Do(Reply(id)));
  for (const Family family : {families::kLog, families::kOpen, families::kClosed}) {
    for (const std::string& row : Rows(family)) {
      EXPECT_EQ(row.find("planted"), std::string::npos);
    }
  }
  CaseRecord record = Record(id);
  ASSERT_TRUE(record.question().has_box());
  ASSERT_TRUE(vault_.Unseal(keys_.Find(id).value(), record).ok());
  EXPECT_EQ(record.question().text(), "a planted question");
}

TEST_F(ContactTest, AnEnquiryIsNotCountedAsACase) {
  const auto cells = partition_->state().log.tally.cells().size();
  const CaseId id = ExpectAccepted(Do(Enquire("wang"))).case_id;
  EXPECT_EQ(partition_->state().cases.open_cases(), 0u);
  EXPECT_EQ(work().CountLights("", time_.Now()).value().normal, 0u);
  const Accepted submitted = ExpectAccepted(Do(Submit("wang")));
  EXPECT_EQ(submitted.logged->events(0).case_submitted().open_case_of_applicant(), 0u);
  ExpectAccepted(Do(Reply(id)));
  EXPECT_EQ(partition_->state().cases.open_cases(), 1u);
  EXPECT_EQ(partition_->state().log.tally.cells().size(), cells + 1);
  EXPECT_EQ(work().GetProcessingTimes({}).value().total.received, 1u);
  EXPECT_EQ(work().GetProcessingTimes({}).value().total.finished, 0u);
  ExpectStoreIsWhatTheLogMakes();
}

TEST_F(ContactTest, AnEnquiryIsOnTheWorklistOfWhoWasAskedUntilItIsAnswered) {
  const CaseId id = ExpectAccepted(Do(Enquire("wang"))).case_id;
  const auto list = [this] {
    return work().ListWorklist("window", WorklistOrder::kDueFirst, {}, time_.Now()).value().rows;
  };
  ASSERT_EQ(list().size(), 1u);
  EXPECT_EQ(list()[0].record.id(), id.value);
  EXPECT_TRUE(list()[0].due_at.has_value());
  for (int day = 0; day < 8; ++day) time_.Pass(std::chrono::days(1));
  EXPECT_EQ(list()[0].light, LIGHT_OVERDUE);
  ExpectAccepted(Do(Reply(id)));
  EXPECT_TRUE(list().empty());
  EXPECT_EQ(Record(id).cards(), 1u);
}

TEST_F(ContactTest, ASubmissionLooksItsEnquiryUp) {
  // Both in one batch: the second sees what the first has done.
  std::vector<Submission> both;
  both.push_back(Prepare("li", Enquire("wang")));
  Command submit = Submit("wang");
  submit.mutable_submit_case()->set_enquiry(partition_->state().end.sequence.value + 1);
  both.push_back(Prepare("li", submit));
  const auto answers = DoAll(std::move(both));
  const CaseId enquiry = ExpectAccepted(answers[0]).case_id;
  const Accepted& accepted = ExpectAccepted(answers[1]);
  EXPECT_EQ(accepted.record->enquiry(), enquiry.value);
  EXPECT_EQ(accepted.record->first_contact().person(), "li");

  Command other = Submit("zhang");
  other.mutable_submit_case()->set_enquiry(accepted.case_id.value);
  EXPECT_EQ(ReasonOf(Do(other)), ENQUIRY_NOT_FOUND);
  other.mutable_submit_case()->set_enquiry(4711);
  EXPECT_EQ(ReasonOf(Do(other)), ENQUIRY_NOT_FOUND);
}

TEST_F(ContactTest, AccompaniedCasesAreListedPageByPageUntilTheyAreClosed) {
  std::vector<uint64_t> accompanied;
  for (const char* applicant : {"wang", "zhang", "chen"}) {
    const CaseId id = SubmitCase(applicant);
    ExpectAccepted(Do(Accompany(id)));
    accompanied.push_back(id.value);
  }
  SubmitCase("alone");
  ExpectStoreIsWhatTheLogMakes();
  Kill();
  Open();
  std::vector<uint64_t> listed;
  PageRequest page{.size = 2, .cursor = {}};
  do {
    auto rows = work().ListAccompanied("window", page, time_.Now());
    ASSERT_TRUE(rows.ok());
    for (const AccompaniedRow& row : rows.value().rows) listed.push_back(row.record.id());
    page.cursor = rows.value().next_cursor;
  } while (!page.cursor.empty());
  EXPECT_EQ(listed, accompanied);

  const CaseId first{accompanied[0]};
  for (const Command& command :
       {Accept(first), Claim(first), Decide(first), Deliver(first), Close(first)}) {
    ExpectAccepted(Do(command));
  }
  EXPECT_EQ(work().ListAccompanied("window", {}, time_.Now()).value().rows.size(), 2u);
  EXPECT_FALSE(work().ListAccompanied("nobody", {}, time_.Now()).ok());
  ExpectStoreIsWhatTheLogMakes();
}

TEST_F(ContactTest, OrdersAreListedByWhatHasBecomeOfThem) {
  const CaseId first = SubmitCase("wang");
  const CaseId second = SubmitCase("zhang");
  ExpectAccepted(DoAs(kSystemPerson, Order(first, std::chrono::hours(24))));
  ExpectAccepted(DoAs(kSystemPerson, Order(second, std::chrono::hours(72))));
  using Which = OrderQuery::Which;
  EXPECT_EQ(Orders({.which = Which::kAll}), (std::vector{second.value, first.value}));
  EXPECT_TRUE(Orders({.which = Which::kOverdue}).empty());
  for (int hour = 0; hour < 48; ++hour) time_.Pass(std::chrono::hours(1));
  EXPECT_EQ(Orders({.which = Which::kOverdue}), std::vector{first.value});
  ExpectAccepted(Do(AnswerOrder(first, 1)));
  EXPECT_TRUE(Orders({.which = Which::kOverdue}).empty());
  EXPECT_EQ(Orders({.which = Which::kOpen}), std::vector{second.value});
  const std::string desk = Record(first).intake();
  EXPECT_EQ(Orders({.organisation = desk, .which = Which::kAll}).size(), 2u);
  EXPECT_FALSE(cases().ListOrders({.organisation = "nowhere"}, {}, time_.Now()).ok());
  ExpectStoreIsWhatTheLogMakes();
}

}  // namespace
}  // namespace onewindow
