// Absences, substitutions and the work of who left, through a real server with the demo county.
#include <gmock/gmock.h>

#include "tests/services/county.h"

namespace onewindow {
namespace {

// Zhu Jia's head of department, and the decider beside him.
const As kHead{.person = "zhu-bing", .position = "jintang-civil-affairs-head"};

class PeopleServiceTest : public County {
 protected:
  Said<CommandOutcome> Arrange(const As& as) {
    ArrangeSubstitution wish;
    wish.set_position(kPolice.position);
    wish.set_holder(kPolice.person);
    wish.set_substitute(kWindow.person);
    wish.set_from("2025-09-26");
    wish.set_until("2025-09-29");
    return Do(as, *administration_, &Administration::Stub::ArrangeSubstitution, wish);
  }
  Said<ListWorklistResponse> Worklist(const As& as, const ListWorklistRequest& request) {
    ListWorklistRequest asked = request;
    asked.set_position(as.position);
    return Call(as, *back_office_, &BackOffice::Stub::ListWorklist, asked);
  }
};

TEST_F(PeopleServiceTest, ASubstituteWorksAtThePositionWhileItLasts) {
  const As substitute{.person = kWindow.person, .position = kPolice.position};
  EXPECT_EQ(ReasonOf(Worklist(substitute, {}).status), "POSITION_NOT_HELD");
  EXPECT_EQ(ReasonOf(Arrange(kWindow).status), "DUTY_MISSING");
  const auto arranged = Arrange(kAdministrator);
  ASSERT_TRUE(arranged.ok()) << arranged.status.error_message();
  EXPECT_TRUE(Worklist(substitute, {}).ok());

  SubmitCase application = SeniorCard();
  application.set_item("identity-card");
  application.clear_materials();
  application.add_materials("household-register");
  const uint64_t id = Submitted(application);
  AcceptCase accept;
  accept.set_case_id(id);
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::Accept, accept).ok());
  HandOverFile hand_over;
  hand_over.set_case_id(id);
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::HandOver, hand_over).ok());
  AcknowledgeHandOver acknowledge;
  acknowledge.set_case_id(id);
  const auto unnamed = Do(substitute, *back_office_, &BackOffice::Stub::Acknowledge, acknowledge);
  EXPECT_EQ(ReasonOf(unnamed.status), "NOT_SUBSTITUTE");
  acknowledge.mutable_envelope()->set_on_behalf_of(kPolice.person);
  EXPECT_TRUE(Do(substitute, *back_office_, &BackOffice::Stub::Acknowledge, acknowledge).ok());

  GetTimelineRequest request;
  request.set_position(kSupervisor.position);
  request.set_case_id(id);
  const auto timeline = Call(kSupervisor, *supervision_, &Supervision::Stub::GetTimeline, request);
  ASSERT_TRUE(timeline.ok());
  const Caller& caller = timeline.answer.entries().rbegin()->caller();
  EXPECT_EQ(caller.person(), kWindow.person);
  EXPECT_EQ(caller.on_behalf_of(), kPolice.person);

  time_.Pass(std::chrono::days(4));
  EXPECT_EQ(ReasonOf(Worklist(substitute, {}).status), "POSITION_NOT_HELD");
}

TEST_F(PeopleServiceTest, ASubstitutionIsEndedByNumber) {
  ASSERT_TRUE(Arrange(kAdministrator).ok());
  EndSubstitution wish;
  wish.set_number(1);
  EXPECT_TRUE(
      Do(kAdministrator, *administration_, &Administration::Stub::EndSubstitution, wish).ok());
  EXPECT_EQ(
      ReasonOf(Do(kAdministrator, *administration_, &Administration::Stub::EndSubstitution, wish)
                   .status),
      "SUBSTITUTION_NOT_FOUND");
}

TEST_F(PeopleServiceTest, LeaveWithoutASubstituteWarnsAndIsListed) {
  RecordAbsence wish;
  wish.set_person(kAffairs.person);
  wish.set_from("2025-09-28");
  wish.set_until("2025-09-30");
  const auto recorded = Do(kHead, *administration_, &Administration::Stub::RecordAbsence, wish);
  ASSERT_TRUE(recorded.ok()) << recorded.status.error_message();
  ASSERT_EQ(recorded.answer.warnings_size(), 1);
  EXPECT_EQ(recorded.answer.warnings(0).kind(), v1::Warning::ABSENCE_UNCOVERED);
  EXPECT_THAT(recorded.answer.warnings(0).text(), testing::HasSubstr(kAffairs.position));

  const auto uncovered = [&](ListUncoveredRequest request) {
    request.set_position(kSupervisor.position);
    return Call(kSupervisor, *supervision_, &Supervision::Stub::ListUncovered, request);
  };
  const auto listed = uncovered({});
  ASSERT_EQ(listed.answer.entries_size(), 1) << listed.status.error_message();
  EXPECT_EQ(listed.answer.entries(0).position(), kAffairs.position);
  EXPECT_EQ(listed.answer.entries(0).from(), "2025-09-28");
  EXPECT_EQ(listed.answer.entries(0).until(), "2025-09-30");

  ListUncoveredRequest elsewhere;
  elsewhere.set_organisation("guancang");
  EXPECT_EQ(uncovered(elsewhere).answer.entries_size(), 0);
  elsewhere.set_organisation("nowhere");
  EXPECT_EQ(ReasonOf(uncovered(elsewhere).status), "ORGANISATION_NOT_FOUND");
  ListUncoveredRequest wrong;
  wrong.set_from("tomorrow");
  EXPECT_EQ(ReasonOf(uncovered(wrong).status), "FIELD_INVALID");
  wrong.set_from("2025-09-28");
  wrong.set_until("2027-09-28");
  EXPECT_EQ(ReasonOf(uncovered(wrong).status), "FIELD_INVALID");
}

TEST_F(PeopleServiceTest, WhoLeadsSeesAWorklistAndTakesTasksFromIt) {
  const As kChief{.person = "zhao-ren", .position = "zhaozhen-police-chief"};
  SubmitCase application = SeniorCard();
  application.set_item("identity-card");
  application.clear_materials();
  application.add_materials("household-register");
  const uint64_t id = Submitted(application);
  AcceptCase accept;
  accept.set_case_id(id);
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::Accept, accept).ok());
  HandOverFile hand_over;
  hand_over.set_case_id(id);
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::HandOver, hand_over).ok());
  AcknowledgeHandOver acknowledge;
  acknowledge.set_case_id(id);
  ASSERT_TRUE(Do(kPolice, *back_office_, &BackOffice::Stub::Acknowledge, acknowledge).ok());
  ClaimTask claim;
  claim.set_case_id(id);
  ASSERT_TRUE(Do(kPolice, *back_office_, &BackOffice::Stub::Claim, claim).ok());

  ListWorklistRequest request;
  request.set_of_position(kPolice.position);
  EXPECT_EQ(ReasonOf(Worklist(kWindow, request).status), "NOT_YOUR_DESK");
  EXPECT_EQ(ReasonOf(Worklist(kHead, request).status), "NOT_YOUR_DESK");
  request.set_of_position("nowhere");
  EXPECT_EQ(ReasonOf(Worklist(kChief, request).status), "NOT_YOUR_DESK");
  request.set_of_position(kPolice.position);
  const auto listed = Worklist(kChief, request);
  ASSERT_EQ(listed.answer.entries_size(), 1) << listed.status.error_message();

  ReassignTask wish;
  wish.set_case_id(id);
  wish.set_task_id(listed.answer.entries(0).task().id());
  wish.set_to_position(kChief.position);
  EXPECT_EQ(ReasonOf(Do(kHead, *back_office_, &BackOffice::Stub::Reassign, wish).status),
            "NOT_YOUR_DESK");
  const auto reassigned = Do(kChief, *back_office_, &BackOffice::Stub::Reassign, wish);
  EXPECT_TRUE(reassigned.ok()) << reassigned.status.error_message();
  EXPECT_EQ(Worklist(kChief, {}).answer.entries(0).task().position(), kChief.position);
}

TEST_F(PeopleServiceTest, TheFairOrderHasPagesOfItsOwn) {
  for (int i = 0; i < 3; ++i) SubmittedCase();
  ListWorklistRequest request;
  request.set_order(ListWorklistRequest::FAIR);
  request.mutable_paging()->set_page_size(2);
  const auto first = Worklist(kWindow, request);
  ASSERT_EQ(first.answer.entries_size(), 2) << first.status.error_message();
  request.mutable_paging()->set_page_token(first.answer.next_page_token());
  const auto second = Worklist(kWindow, request);
  EXPECT_EQ(second.answer.entries_size(), 1);
  EXPECT_TRUE(second.answer.next_page_token().empty());
  request.set_order(ListWorklistRequest::DUE_FIRST);
  EXPECT_EQ(ReasonOf(Worklist(kWindow, request).status), "PAGE_TOKEN_INVALID");
}

}  // namespace
}  // namespace onewindow
