// First contact, accompaniment, urging and supervision orders over the wire.
#include <optional>

#include "tests/services/county.h"

namespace onewindow {
namespace {

class ContactTest : public County {
 protected:
  Said<CommandOutcome> Enquire() {
    RecordEnquiry wish;
    wish.set_item("senior-card");
    wish.mutable_question()->set_text("老年优待证在哪里办");
    wish.mutable_applicant()->set_document_type(Applicant::IDENTITY_NUMBER);
    wish.mutable_applicant()->mutable_document_number()->set_text("510121194903071236");
    return Do(kWindow, *front_desk_, &FrontDesk::Stub::RecordEnquiry, wish);
  }
  Said<GetHoldersResponse> Holders(uint64_t case_id, std::optional<Instant> at = std::nullopt) {
    GetHoldersRequest request;
    request.set_case_id(case_id);
    if (at) {
      request.mutable_at()->set_seconds(
          std::chrono::floor<std::chrono::seconds>(at->time_since_epoch()).count());
    }
    return Call(kSupervisor, *supervision_, &Supervision::Stub::GetHolders, request);
  }
  Said<ListOrdersResponse> Orders(ListOrdersRequest::Which which) {
    ListOrdersRequest request;
    request.set_which(which);
    return Call(kSupervisor, *supervision_, &Supervision::Stub::ListOrders, request);
  }
};

TEST_F(ContactTest, WhoAskedFollowsHisEnquiryByReceiptAndCode) {
  const auto recorded = Enquire();
  ASSERT_TRUE(recorded.ok()) << recorded.status.error_message();
  EXPECT_EQ(recorded.answer.stage(), STAGE_ENQUIRY);
  EXPECT_TRUE(recorded.answer.events(0).enquiry_recorded().applicant().pseudonym().empty());
  EXPECT_FALSE(recorded.answer.events(0).enquiry_recorded().question().has_box());
  GetProgressRequest request;
  request.set_receipt_number(recorded.answer.receipt_number());
  request.set_query_code(recorded.answer.query_code());
  const auto progress = [&] {
    return Call({}, *unified_window_, &UnifiedWindow::Stub::GetProgress, request).answer;
  };
  EXPECT_EQ(progress().stage_text(), "待答复");
  EXPECT_EQ(progress().item_name(), "老年优待证核发");
  // National Day lies in between.
  EXPECT_EQ(progress().due_on(), "2025-10-10");

  AnswerEnquiry answer;
  answer.set_case_id(recorded.answer.case_id());
  answer.mutable_answer()->set_text("户籍地便民服务中心");
  EXPECT_EQ(
      ReasonOf(Do(kOtherTownsWindow, *front_desk_, &FrontDesk::Stub::AnswerEnquiry, answer).status),
      "NOT_ANSWERABLE");
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::AnswerEnquiry, answer).ok());
  EXPECT_EQ(progress().stage_text(), "已答复");
}

TEST_F(ContactTest, AnEnquiryPassesToWhoAcknowledgesIt) {
  const uint64_t id = Enquire().answer.case_id();
  HandOverEnquiry hand_over;
  hand_over.set_case_id(id);
  hand_over.set_to_organisation("jintang-civil-affairs");
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::HandOverEnquiry, hand_over).ok());
  auto held = Holders(id);
  ASSERT_EQ(held.answer.holders_size(), 1);
  EXPECT_EQ(held.answer.holders(0).person(), "zhao-jia");
  EXPECT_EQ(held.answer.holders(0).why(), HolderEntry::SENDER);

  const Instant before = time_.Now();
  time_.Pass(std::chrono::hours(1));
  AcknowledgeHandOver acknowledge;
  acknowledge.set_case_id(id);
  ASSERT_TRUE(Do(kAffairs, *back_office_, &BackOffice::Stub::Acknowledge, acknowledge).ok());
  EXPECT_EQ(Holders(id).answer.holders(0).person_name(), "朱甲");
  held = Holders(id, before);
  ASSERT_EQ(held.answer.holders_size(), 1);
  EXPECT_EQ(held.answer.holders(0).person(), "zhao-jia");
  EXPECT_TRUE(held.answer.holders(0).has_until());
  EXPECT_EQ(ReasonOf(Holders(id, before - std::chrono::days(1)).status), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Holders(4711).status), "CASE_NOT_FOUND");
}

TEST_F(ContactTest, AnAccompaniedCaseIsListedWithWhereItStands) {
  AccompanyCase accompany;
  accompany.set_case_id(SubmittedCase());
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::Accompany, accompany).ok());
  EXPECT_EQ(ReasonOf(Do(kWindow, *front_desk_, &FrontDesk::Stub::Accompany, accompany).status),
            "ALREADY_ACCOMPANIED");
  UrgeCase urge;
  urge.set_case_id(accompany.case_id());
  ASSERT_TRUE(Do(kOtherTownsWindow, *front_desk_, &FrontDesk::Stub::Urge, urge).ok());

  ListAccompaniedRequest request;
  request.set_position(kWindow.position);
  const auto said = Call(kWindow, *front_desk_, &FrontDesk::Stub::ListAccompanied, request);
  ASSERT_EQ(said.answer.entries_size(), 1);
  EXPECT_EQ(said.answer.entries(0).case_id(), accompany.case_id());
  EXPECT_EQ(said.answer.entries(0).urgings(), 1u);
  EXPECT_EQ(said.answer.entries(0).tasks(0).kind(), Task::ACCEPTANCE);
  EXPECT_EQ(said.answer.entries(0).held_by(0), "zhaozhen-hall");
  ListWorklistRequest worklist;
  worklist.set_position(kWindow.position);
  const auto work = Call(kWindow, *back_office_, &BackOffice::Stub::ListWorklist, worklist);
  ASSERT_EQ(work.answer.entries_size(), 1);
  EXPECT_EQ(work.answer.entries(0).urgings(), 1u);
  request.clear_position();
  EXPECT_EQ(
      ReasonOf(Call(kWindow, *front_desk_, &FrontDesk::Stub::ListAccompanied, request).status),
      "FIELD_MISSING");
}

TEST_F(ContactTest, ASupervisionOrderIsListedUntilItIsAnswered) {
  OrderSupervision order;
  order.set_case_id(SubmittedCase());
  order.mutable_order()->set_text("请尽快受理");
  order.mutable_reply_by()->set_seconds(
      std::chrono::floor<std::chrono::seconds>(time_.Now().time_since_epoch()).count() + 3600);
  ASSERT_TRUE(Do(kSupervisor, *supervision_, &Supervision::Stub::OrderSupervision, order).ok());
  EXPECT_EQ(Orders(ListOrdersRequest::OPEN).answer.entries_size(), 1);
  EXPECT_EQ(Orders(ListOrdersRequest::OVERDUE).answer.entries_size(), 0);
  time_.Pass(std::chrono::hours(2));
  const auto overdue = Orders(ListOrdersRequest::OVERDUE);
  ASSERT_EQ(overdue.answer.entries_size(), 1);
  EXPECT_TRUE(overdue.answer.entries(0).overdue());
  EXPECT_EQ(overdue.answer.entries(0).order().organisation(), "zhaozhen-hall");

  AnswerSupervisionOrder answer;
  answer.set_case_id(order.case_id());
  answer.set_order_id(1);
  answer.mutable_answer()->set_text("已受理");
  ASSERT_TRUE(Do(kWindow, *back_office_, &BackOffice::Stub::AnswerSupervisionOrder, answer).ok());
  EXPECT_EQ(Orders(ListOrdersRequest::OPEN).answer.entries_size(), 0);
  EXPECT_EQ(Orders(ListOrdersRequest::ALL).answer.entries_size(), 1);
  ListOrdersRequest nowhere;
  nowhere.set_organisation("nowhere");
  EXPECT_EQ(
      ReasonOf(Call(kSupervisor, *supervision_, &Supervision::Stub::ListOrders, nowhere).status),
      "ORGANISATION_NOT_FOUND");
}

}  // namespace
}  // namespace onewindow
