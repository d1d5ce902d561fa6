#include <gmock/gmock.h>

#include <set>

#include "tests/services/county.h"

namespace onewindow {
namespace {

using testing::HasSubstr;

class QuestionsTest : public County {
 protected:
  Said<FindCasesResponse> Find(const FindCasesRequest& request, const As& as = kWindow) {
    return Call(as, *front_desk_, &FrontDesk::Stub::FindCases, request);
  }
  Said<CaseView> GetCase(uint64_t case_id, const As& as) {
    return Call(as, *front_desk_, &FrontDesk::Stub::GetCase, CaseRequest(case_id));
  }
  void Accept(uint64_t case_id) {
    AcceptCase wish;
    wish.set_case_id(case_id);
    EXPECT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::Accept, wish).ok());
  }
};

FindCasesRequest ByApplicant(const std::string& number) {
  FindCasesRequest request;
  request.mutable_applicant()->set_document_type(Applicant::IDENTITY_NUMBER);
  request.mutable_applicant()->set_document_number(number);
  return request;
}

TEST_F(QuestionsTest, ACaseIsFoundByReceiptApplicantAndItemAndDay) {
  const uint64_t id = SubmittedCase();
  const auto view = GetCase(id, kWindow);
  FindCasesRequest by_receipt;
  by_receipt.set_receipt_number(view.answer.record().receipt_number());
  FindCasesRequest by_day;
  by_day.mutable_item_and_day()->set_item("senior-card");
  by_day.mutable_item_and_day()->set_day("2025-09-26");
  for (const auto& request : {by_receipt, by_day, ByApplicant("510121194903071236")}) {
    const auto said = Find(request);
    ASSERT_EQ(said.answer.cases_size(), 1) << request.DebugString();
    EXPECT_EQ(said.answer.cases(0).record().id(), id);
  }
  EXPECT_EQ(Find(ByApplicant("510121194903071233")).answer.cases_size(), 0);
}

TEST_F(QuestionsTest, AQuestionWithoutCriterionIsRefused) {
  const auto said = Find(FindCasesRequest());
  EXPECT_EQ(ReasonOf(said.status), "FIELD_MISSING");
  EXPECT_EQ(said.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(QuestionsTest, AViewShowsClocksAndWhatIsAllowed) {
  const uint64_t id = SubmittedCase();
  Accept(id);
  time_.Pass(std::chrono::days(3));
  const auto view = GetCase(id, kWindow);
  const auto& clocks = view.answer.clocks();
  const auto promised = std::find_if(clocks.begin(), clocks.end(), [](const ClockStanding& clock) {
    return clock.kind() == PROMISED;
  });
  ASSERT_NE(promised, clocks.end());
  // 2025-09-28 is a Sunday on which people work, 09-29 a Monday.
  EXPECT_EQ(promised->consumed(), 2);
  EXPECT_EQ(promised->remaining(), 28);
  EXPECT_EQ(view.answer.light(), LIGHT_NORMAL);
  EXPECT_THAT(view.answer.allowed(), testing::Contains("withdraw_case"));
}

TEST_F(QuestionsTest, PagesFollowEachOtherAndTheirTokensAreBoundToTheQuestion) {
  std::set<uint64_t> submitted;
  for (int i = 0; i < 5; ++i) submitted.insert(SubmittedCase());
  FindCasesRequest request = ByApplicant("510121194903071236");
  request.mutable_paging()->set_page_size(2);
  std::set<uint64_t> found;
  int pages = 0;
  std::string token;
  do {
    request.mutable_paging()->set_page_token(token);
    const auto said = Find(request);
    ASSERT_TRUE(said.ok()) << said.status.error_message();
    for (const CaseView& view : said.answer.cases()) found.insert(view.record().id());
    if (!said.answer.next_page_token().empty()) token = said.answer.next_page_token();
    ++pages;
    if (said.answer.next_page_token().empty()) break;
  } while (pages < 10);
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(found, submitted);

  FindCasesRequest other = ByApplicant("510121194903071233");
  other.mutable_paging()->set_page_token(token);
  EXPECT_EQ(ReasonOf(Find(other).status), "PAGE_TOKEN_INVALID");
  other.mutable_paging()->set_page_token("no token");
  EXPECT_EQ(ReasonOf(Find(other).status), "PAGE_TOKEN_INVALID");
}

TEST_F(QuestionsTest, ItemsAreListedInPages) {
  ListItemsRequest request;
  request.mutable_paging()->set_page_size(10);
  const auto first = Call(kWindow, *front_desk_, &FrontDesk::Stub::ListItems, request);
  EXPECT_EQ(first.answer.items_size(), 10);
  request.mutable_paging()->set_page_token(first.answer.next_page_token());
  const auto second = Call(kWindow, *front_desk_, &FrontDesk::Stub::ListItems, request);
  EXPECT_EQ(second.answer.items_size(), 10);
  request.mutable_paging()->set_page_token(second.answer.next_page_token());
  const auto third = Call(kWindow, *front_desk_, &FrontDesk::Stub::ListItems, request);
  EXPECT_EQ(third.answer.items_size(), 1);
  EXPECT_TRUE(third.answer.next_page_token().empty());
}

TEST_F(QuestionsTest, AWorklistShowsWhatWaitsWithItsClock) {
  const uint64_t id = CaseAtPublicSecurity();
  ListWorklistRequest request;
  request.set_position(kPoliceSystem.position);
  const auto said = Call(kPoliceSystem, *back_office_, &BackOffice::Stub::ListWorklist, request);
  ASSERT_EQ(said.answer.entries_size(), 1);
  const WorklistEntry& entry = said.answer.entries(0);
  EXPECT_EQ(entry.case_id(), id);
  EXPECT_EQ(entry.item_name(), "居民身份证申领换领补领");
  EXPECT_EQ(entry.task().state(), Task::AWAITING_CLAIM);
  EXPECT_EQ(entry.light(), LIGHT_NORMAL);
  EXPECT_EQ(entry.clock().remaining(), 40);

  request.set_position(kPolice.position);
  EXPECT_EQ(
      ReasonOf(Call(kPoliceSystem, *back_office_, &BackOffice::Stub::ListWorklist, request).status),
      "POSITION_NOT_HELD");
}

TEST_F(QuestionsTest, ATimelineSaysWhoDidWhatWithoutPersonalData) {
  const uint64_t id = SubmittedCase();
  Accept(id);
  GetTimelineRequest request;
  request.set_case_id(id);
  const auto said = Call(kSupervisor, *supervision_, &Supervision::Stub::GetTimeline, request);
  ASSERT_EQ(said.answer.entries_size(), 2);
  EXPECT_EQ(said.answer.entries(0).command(), "submit_case");
  EXPECT_EQ(said.answer.entries(1).command(), "accept_case");
  EXPECT_EQ(said.answer.entries(1).person_name(), "赵甲");
  EXPECT_EQ(said.answer.entries(1).organisation_name(), "赵镇街道便民服务中心");
  EXPECT_FALSE(said.answer.entries(1).late_entry());
  EXPECT_FALSE(said.answer.entries(0).events(0).case_submitted().applicant().name().has_box());
}

TEST_F(QuestionsTest, ALateEntryIsMarked) {
  SubmitCase wish = SeniorCard();
  wish.mutable_envelope()->mutable_occurred_at()->set_seconds(
      std::chrono::duration_cast<std::chrono::seconds>(time_.Now().time_since_epoch()).count() -
      3600);
  GetTimelineRequest request;
  request.set_case_id(Submitted(wish));
  const auto said = Call(kSupervisor, *supervision_, &Supervision::Stub::GetTimeline, request);
  ASSERT_EQ(said.answer.entries_size(), 1);
  EXPECT_TRUE(said.answer.entries(0).late_entry());
  EXPECT_EQ(said.answer.entries(0).late_by().seconds(), 3600);
}

TEST_F(QuestionsTest, AClockIsExplainedDayByDay) {
  const uint64_t id = SubmittedCase();
  Accept(id);
  ExplainRequest request;
  request.set_case_id(id);
  const auto said = Call(kSupervisor, *supervision_, &Supervision::Stub::Explain, request);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  ASSERT_GT(said.answer.explanations_size(), 0);
  EXPECT_EQ(said.answer.explanations(0).days(0).date(), "2025-09-27");

  request.set_clock_id(99);
  EXPECT_EQ(ReasonOf(Call(kSupervisor, *supervision_, &Supervision::Stub::Explain, request).status),
            "CLOCK_NOT_FOUND");
  request.mutable_as_of()->set_seconds(0);
  EXPECT_EQ(ReasonOf(Call(kSupervisor, *supervision_, &Supervision::Stub::Explain, request).status),
            "FIELD_INVALID");
}

TEST_F(QuestionsTest, OverdueCasesAreListedAndTheirCardsToo) {
  const uint64_t id = SubmittedCase();
  Accept(id);
  const auto overdue = [&] {
    return Call(kSupervisor, *supervision_, &Supervision::Stub::ListOverdue, ListDueRequest());
  };
  EXPECT_EQ(overdue().answer.entries_size(), 0);
  for (int day = 0; day < 60; ++day) time_.Pass(std::chrono::days(1));
  server_->engine().ConfirmClock();
  const auto said = overdue();
  ASSERT_EQ(said.answer.entries_size(), 1);
  EXPECT_EQ(said.answer.entries(0).case_id(), id);
  EXPECT_EQ(said.answer.entries(0).light(), LIGHT_OVERDUE);

  const auto lights =
      Call(kSupervisor, *supervision_, &Supervision::Stub::CountLights, CountLightsRequest());
  EXPECT_EQ(lights.answer.overdue(), 1u);

  EXPECT_EQ(Call(kSupervisor, *supervision_, &Supervision::Stub::ListDemands, ListDemandsRequest())
                .answer.entries_size(),
            0);

  ListDueRequest unknown;
  unknown.set_organisation("nowhere");
  EXPECT_EQ(
      ReasonOf(Call(kSupervisor, *supervision_, &Supervision::Stub::ListNear, unknown).status),
      "ORGANISATION_NOT_FOUND");
}

TEST_F(QuestionsTest, AFinishedCaseIsNoLongerOverdue) {
  WithdrawCase wish;
  wish.set_case_id(SubmittedCase());
  Accept(wish.case_id());
  wish.mutable_reason()->set_text("不办了");
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::Withdraw, wish).ok());
  time_.Pass(std::chrono::days(60));
  const auto said =
      Call(kSupervisor, *supervision_, &Supervision::Stub::ListOverdue, ListDueRequest());
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.entries_size(), 0);
}

TEST_F(QuestionsTest, ProcessingTimesCountWhatWasReceived) {
  SubmittedCase();
  SubmittedCase();
  GetProcessingTimesRequest request;
  request.set_item("senior-card");
  const auto said =
      Call(kSupervisor, *supervision_, &Supervision::Stub::GetProcessingTimes, request);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.total().received(), 2u);
  EXPECT_EQ(said.answer.total().finished(), 0u);
}

TEST_F(QuestionsTest, ProgressTellsHowManyApplyAndWhichOriginalsAreHere) {
  SubmitCase wish = SeniorCard();
  *wish.add_co_applicants() = wish.applicant();
  wish.mutable_co_applicants(0)->mutable_document_number()->set_text("510121195002021234");
  wish.add_originals("identity-card");
  const auto submitted = Do(kWindow, *front_desk_, &FrontDesk::Stub::Submit, wish);
  GetProgressRequest request;
  request.set_receipt_number(submitted.answer.receipt_number());
  request.set_query_code(submitted.answer.query_code());
  const auto said = Call({}, *unified_window_, &UnifiedWindow::Stub::GetProgress, request);
  EXPECT_EQ(said.answer.applicants(), 2u);
  ASSERT_EQ(said.answer.originals_size(), 1);
  EXPECT_EQ(said.answer.originals(0), "身份证");
}

TEST_F(QuestionsTest, EveryApplicantFindsTheCaseAndIsReadOnRecord) {
  SubmitCase wish = SeniorCard();
  *wish.add_co_applicants() = wish.applicant();
  wish.mutable_co_applicants(0)->mutable_name()->set_text("李四");
  wish.mutable_co_applicants(0)->mutable_document_number()->set_text("510121195002021234");
  const uint64_t case_id = Submitted(wish);
  FindCasesRequest request;
  request.set_position(kWindow.position);
  request.mutable_applicant()->set_document_type(Applicant::IDENTITY_NUMBER);
  request.mutable_applicant()->set_document_number("510121195002021234");
  const auto said = Call(kWindow, *front_desk_, &FrontDesk::Stub::FindCases, request);
  ASSERT_EQ(said.answer.cases_size(), 1);
  EXPECT_EQ(said.answer.cases(0).record().id(), case_id);
  EXPECT_EQ(said.answer.cases(0).record().co_applicants(0).name().text(), "");
  ReadPersonalData reading;
  reading.set_case_id(case_id);
  reading.mutable_envelope()->set_request_id("reading");
  reading.mutable_envelope()->set_position(kWindow.position);
  const auto read = Call(kWindow, *front_desk_, &FrontDesk::Stub::ReadPersonalData, reading);
  EXPECT_EQ(read.answer.record().co_applicants(0).name().text(), "李四");
  EXPECT_TRUE(read.answer.record().co_applicants(0).pseudonym().empty());
}

TEST_F(QuestionsTest, LateEntriesAreCountedByWhoEnteredThem) {
  SubmitCase late = SeniorCard();
  late.mutable_envelope()->mutable_occurred_at()->set_seconds(
      std::chrono::duration_cast<std::chrono::seconds>(time_.Now().time_since_epoch()).count() -
      86'400);
  Submitted(late);
  SubmittedCase();
  GetLateEntriesRequest request;
  request.set_organisation("zhaozhen");
  const auto said = Call(kSupervisor, *supervision_, &Supervision::Stub::GetLateEntries, request);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  ASSERT_EQ(said.answer.rows_size(), 1);
  EXPECT_EQ(said.answer.rows(0).organisation_name(), "赵镇街道便民服务中心");
  EXPECT_EQ(said.answer.total().entries(), 1u);
  EXPECT_EQ(said.answer.total().gap_seconds(), 86'400u);

  request.set_organisation("jintang-civil-affairs");
  EXPECT_EQ(Call(kSupervisor, *supervision_, &Supervision::Stub::GetLateEntries, request)
                .answer.rows_size(),
            0);
  request.set_organisation("nowhere");
  EXPECT_EQ(
      ReasonOf(
          Call(kSupervisor, *supervision_, &Supervision::Stub::GetLateEntries, request).status),
      "ORGANISATION_NOT_FOUND");
}

TEST_F(QuestionsTest, ProgressNeedsReceiptNumberAndQueryCodeAndNoToken) {
  const auto submitted = Do(kWindow, *front_desk_, &FrontDesk::Stub::Submit, SeniorCard());
  GetProgressRequest request;
  request.set_receipt_number(submitted.answer.receipt_number());
  request.set_query_code(submitted.answer.query_code());
  const auto said = Call({}, *unified_window_, &UnifiedWindow::Stub::GetProgress, request);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.stage_text(), "已收件");
  EXPECT_EQ(said.answer.received_on(), "2025-09-26");
  EXPECT_EQ(said.answer.item_name(), "老年优待证核发");
  EXPECT_THAT(said.answer.DebugString(), testing::Not(HasSubstr("张三")));

  EXPECT_EQ(said.answer.applicants(), 1u);
  EXPECT_TRUE(said.answer.originals().empty());

  GetProgressRequest wrong_code = request;
  wrong_code.set_query_code("AAAAAAAA");
  GetProgressRequest wrong_number = request;
  wrong_number.set_receipt_number("51012100000000000000");
  for (const auto& wrong : {wrong_code, wrong_number, GetProgressRequest()}) {
    const auto refused = Call({}, *unified_window_, &UnifiedWindow::Stub::GetProgress, wrong);
    EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::NOT_FOUND);
    EXPECT_EQ(ReasonOf(refused.status), "QUERY_CODE_WRONG");
  }
}

}  // namespace
}  // namespace onewindow
