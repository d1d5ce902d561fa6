// Personal data as people ask for it over the wire.
#include <map>
#include <string>

#include "tests/services/county.h"

namespace onewindow {
namespace {

const As kDataOfficer{.person = "zhang-ding", .position = "jintang-service-bureau-data-officer"};

class PersonalTest : public County {
 protected:
  Said<CaseView> Read(uint64_t case_id, const As& as, ReadPersonalData wish = {}) {
    wish.set_case_id(case_id);
    wish.mutable_envelope()->set_request_id("reading");
    wish.mutable_envelope()->set_position(as.position);
    return Call(as, *front_desk_, &FrontDesk::Stub::ReadPersonalData, wish);
  }
  Said<CaseView> GetCase(uint64_t case_id, const As& as) {
    return Call(as, *front_desk_, &FrontDesk::Stub::GetCase, CaseRequest(case_id));
  }
  ListReadingsResponse Readings(uint64_t case_id) {
    ListReadingsRequest request;
    request.set_case_id(case_id);
    const auto said = Call(kSupervisor, *supervision_, &Supervision::Stub::ListReadings, request);
    EXPECT_TRUE(said.ok()) << said.status.error_message();
    return said.answer;
  }
};

TEST_F(PersonalTest, NobodyIsShownAPersonWithoutReading) {
  const uint64_t id = SubmittedCase();
  for (const As& as : {kWindow, kOtherTownsWindow, kSupervisor, kPolice, kDataOfficer}) {
    const auto said = GetCase(id, as);
    ASSERT_TRUE(said.ok()) << said.status.error_message();
    EXPECT_EQ(said.answer.personal(), CaseView::WITHHELD) << as.person;
    EXPECT_FALSE(said.answer.record().applicant().name().has_text()) << as.person;
    EXPECT_FALSE(said.answer.record().applicant().name().has_box()) << as.person;
    EXPECT_TRUE(said.answer.record().applicant().pseudonym().empty()) << as.person;
  }
  EXPECT_EQ(Readings(id).readings_size(), 0);
}

TEST_F(PersonalTest, WhoTakesPartReadsAndIsKnownToHaveRead) {
  const uint64_t id = SubmittedCase();
  const std::string etag = GetCase(id, kWindow).answer.etag();
  const auto said = Read(id, kWindow);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.personal(), CaseView::SHOWN);
  EXPECT_EQ(said.answer.record().applicant().name().text(), "张三");
  EXPECT_EQ(said.answer.record().applicant().phone().text(), "13800000000");
  EXPECT_TRUE(said.answer.record().applicant().pseudonym().empty());
  EXPECT_EQ(said.answer.etag(), etag);
  EXPECT_EQ(GetCase(id, kWindow).answer.etag(), etag);

  const ListReadingsResponse readings = Readings(id);
  ASSERT_EQ(readings.readings_size(), 1);
  EXPECT_EQ(readings.readings(0).person(), kWindow.person);
  EXPECT_EQ(readings.readings(0).person_name(), "赵甲");
  EXPECT_EQ(readings.readings(0).position(), kWindow.position);
  EXPECT_TRUE(readings.readings(0).attachment().empty()) << "the case itself";
  EXPECT_EQ(readings.readings(0).read_at().seconds(),
            time_.Now().time_since_epoch() / std::chrono::seconds(1));
}

TEST_F(PersonalTest, TheSameRequestIdIsAnotherReading) {
  const uint64_t id = SubmittedCase();
  ASSERT_TRUE(Read(id, kWindow).ok());
  ASSERT_TRUE(Read(id, kWindow).ok());
  EXPECT_EQ(Readings(id).readings_size(), 2);
}

TEST_F(PersonalTest, WhoHasNoPartIsRefusedAndLeavesNothing) {
  const uint64_t id = SubmittedCase();
  for (const As& as : {kOtherTownsWindow, kPolice}) {
    const auto said = Read(id, as);
    EXPECT_EQ(ReasonOf(said.status), "PERSONAL_DATA_NOT_YOURS") << as.person;
    EXPECT_EQ(said.status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << as.person;
  }
  EXPECT_EQ(ReasonOf(Read(id, kSupervisor).status), "DUTY_MISSING");
  EXPECT_EQ(Readings(id).readings_size(), 0);
}

TEST_F(PersonalTest, ToAskWhetherOneMayReadShowsNothing) {
  const uint64_t id = SubmittedCase();
  ReadPersonalData wish;
  wish.mutable_envelope()->set_validate_only(true);
  const auto said = Read(id, kWindow, wish);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.personal(), CaseView::WITHHELD);
  EXPECT_FALSE(said.answer.record().applicant().name().has_text());
  EXPECT_EQ(Readings(id).readings_size(), 0);
}

TEST_F(PersonalTest, ListsDoNotShowPersonsByThePage) {
  SubmittedCase();
  FindCasesRequest request;
  request.mutable_applicant()->set_document_type(Applicant::IDENTITY_NUMBER);
  request.mutable_applicant()->set_document_number("510121194903071236");
  const auto said = Call(kWindow, *front_desk_, &FrontDesk::Stub::FindCases, request);
  ASSERT_EQ(said.answer.cases_size(), 1);
  EXPECT_EQ(said.answer.cases(0).personal(), CaseView::WITHHELD);
}

TEST_F(PersonalTest, AWatchShowsNobodyNotEvenAfterAReading) {
  const uint64_t id = SubmittedCase();
  grpc::ClientContext context;
  Prepare(context, kWindow);
  WatchCaseRequest request;
  request.set_position(kWindow.position);
  request.set_case_id(id);
  const auto stream = front_desk_->WatchCase(&context, request);
  CaseChange change;
  ASSERT_TRUE(stream->Read(&change));
  ASSERT_TRUE(Read(id, kWindow).ok());
  AcceptCase accept;
  accept.set_case_id(id);
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::Accept, accept).ok());
  do {
    ASSERT_TRUE(stream->Read(&change));
    EXPECT_EQ(change.view().personal(), CaseView::WITHHELD);
    EXPECT_FALSE(change.view().record().applicant().name().has_text());
  } while (change.view().record().stage() == STAGE_RECEIVED);
  context.TryCancel();
  stream->Finish();
}

TEST_F(PersonalTest, TheOfficerCorrectsAndThePersonIsFoundByTheRightNumber) {
  const uint64_t id = SubmittedCase();
  CorrectPersonalData wish;
  wish.set_case_id(id);
  *wish.mutable_applicant() = SeniorCard().applicant();
  wish.mutable_applicant()->mutable_name()->set_text("张珊");
  wish.mutable_applicant()->mutable_document_number()->set_text("510121194903071240");
  wish.mutable_basis()->set_text("本人申请");
  const auto refused =
      Do(kAdministrator, *administration_, &Administration::Stub::CorrectPersonalData, wish);
  EXPECT_EQ(ReasonOf(refused.status), "DUTY_MISSING");
  const auto done =
      Do(kDataOfficer, *administration_, &Administration::Stub::CorrectPersonalData, wish);
  ASSERT_TRUE(done.ok()) << done.status.error_message();
  ASSERT_EQ(done.answer.events_size(), 1);
  const Applicant& told = done.answer.events(0).personal_data_corrected().applicant();
  EXPECT_EQ(told.name().content_case(), Sealed::CONTENT_NOT_SET);
  EXPECT_TRUE(told.pseudonym().empty());

  EXPECT_EQ(Read(id, kDataOfficer).answer.record().applicant().name().text(), "张珊");
  FindCasesRequest by_number;
  by_number.mutable_applicant()->set_document_type(Applicant::IDENTITY_NUMBER);
  for (const auto& [number, found] :
       std::map<std::string, int>{{"510121194903071240", 1}, {"510121194903071236", 0}}) {
    by_number.mutable_applicant()->set_document_number(number);
    EXPECT_EQ(Call(kDataOfficer, *front_desk_, &FrontDesk::Stub::FindCases, by_number)
                  .answer.cases_size(),
              found)
        << number;
  }
}

TEST_F(PersonalTest, AClosedCaseIsForgottenAfterItsTime) {
  const uint64_t id = SubmittedCase();
  WithdrawCase withdraw;
  withdraw.set_case_id(id);
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::Withdraw, withdraw).ok());
  CloseCase close;
  close.set_case_id(id);
  const auto closed = Do(kWindow, *unified_window_, &UnifiedWindow::Stub::Close, close);
  ASSERT_TRUE(closed.ok()) << closed.status.error_message();
  ForgetPerson forget;
  forget.set_case_id(id);
  forget.set_basis(ForgetPerson::RETENTION_ENDED);
  const auto early =
      Do(kDataOfficer, *administration_, &Administration::Stub::ForgetPerson, forget);
  EXPECT_EQ(ReasonOf(early.status), "RETENTION_RUNNING");
  EXPECT_EQ(early.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);

  time_.Pass(std::chrono::days(3653));
  ASSERT_TRUE(
      Call(kAdministrator, *administration_, &Administration::Stub::ConfirmClock,
           ConfirmClockRequest())
          .ok());
  const auto done = Do(kDataOfficer, *administration_, &Administration::Stub::ForgetPerson, forget);
  ASSERT_TRUE(done.ok()) << done.status.error_message();
  EXPECT_EQ(ReasonOf(Read(id, kWindow).status), "ALREADY_FORGOTTEN");
  const auto view = GetCase(id, kWindow);
  EXPECT_EQ(view.answer.personal(), CaseView::FORGOTTEN);
  EXPECT_EQ(view.answer.record().result(), WITHDRAWN);
  EXPECT_EQ(view.answer.allowed_size(), 0);
}

}  // namespace
}  // namespace onewindow
