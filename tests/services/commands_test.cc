#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "tests/services/county.h"

namespace onewindow {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class CommandsTest : public County {
 protected:
  Said<CommandOutcome> Submit(const SubmitCase& wish) {
    return Do(kWindow, *front_desk_, &FrontDesk::Stub::Submit, wish);
  }
  Said<CommandOutcome> Accept(uint64_t case_id) {
    AcceptCase wish;
    wish.set_case_id(case_id);
    return Do(kWindow, *front_desk_, &FrontDesk::Stub::Accept, wish);
  }
};

TEST_F(CommandsTest, ASubmissionGivesReceiptNumberQueryCodeAndEtag) {
  const auto said = Submit(SeniorCard());
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_THAT(said.answer.receipt_number(), testing::StartsWith("510121"));
  EXPECT_THAT(said.answer.query_code(), SizeIs(8));
  EXPECT_EQ(said.answer.etag(), std::to_string(said.answer.sequence()));
  EXPECT_EQ(said.answer.stage(), STAGE_RECEIVED);
  EXPECT_EQ(said.answer.case_id(), said.answer.sequence());
}

TEST_F(CommandsTest, AnyTownsWindowServesTheApplicant) {
  WithdrawCase wish;
  wish.set_case_id(SubmittedCase());
  wish.mutable_reason()->set_text("不再申请");
  const auto inside = Do(kAffairs, *front_desk_, &FrontDesk::Stub::Withdraw, wish);
  EXPECT_EQ(ReasonOf(inside.status), "DUTY_MISSING");
  const auto said = Do(kOtherTownsWindow, *front_desk_, &FrontDesk::Stub::Withdraw, wish);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  const auto& events = said.answer.events();
  const auto withdrawn = std::find_if(
      events.begin(), events.end(), [](const Event& event) { return event.has_case_withdrawn(); });
  ASSERT_NE(withdrawn, events.end());
  EXPECT_EQ(withdrawn->case_withdrawn().window(), "guancang-hall");
}

TEST_F(CommandsTest, AnOutcomeHoldsNothingPersonal) {
  const auto said = Submit(SeniorCard());
  EXPECT_THAT(said.answer.DebugString(), testing::Not(HasSubstr("box")));
  const CaseSubmitted& submitted = said.answer.events(0).case_submitted();
  EXPECT_FALSE(submitted.applicant().name().has_box());
  EXPECT_TRUE(submitted.applicant().pseudonym().empty());
}

TEST_F(CommandsTest, NothingPersonalOfTheOtherApplicantsOrTheAgentIsInAnOutcome) {
  SubmitCase wish = SeniorCard();
  *wish.add_co_applicants() = wish.applicant();
  wish.mutable_co_applicants(0)->mutable_document_number()->set_text("510121195002021234");
  Mandate& mandate = *wish.mutable_mandate();
  mandate.set_kind(Mandate::OWN_AGENT);
  mandate.mutable_agent_name()->set_text("王五");
  mandate.mutable_agent_document_number()->set_text("510121196003031234");
  mandate.add_scopes(Mandate::MAY_SUBMIT);
  mandate.set_until("2025-12-31");
  const auto said = Submit(wish);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_THAT(said.answer.DebugString(), testing::Not(HasSubstr("box")));
  const CaseSubmitted& submitted = said.answer.events(0).case_submitted();
  ASSERT_EQ(submitted.co_applicants_size(), 1);
  EXPECT_TRUE(submitted.co_applicants(0).pseudonym().empty());
  ASSERT_TRUE(said.answer.events(1).has_mandate_granted());
  EXPECT_EQ(said.answer.events(1).mandate_granted().mandate().id(), 1u);
}

TEST_F(CommandsTest, AHelperFilesAndGivesTheOriginalsBack) {
  SubmitCase wish = SeniorCard();
  wish.add_originals("identity-card");
  const auto without = Do(kHelper, *front_desk_, &FrontDesk::Stub::Submit, wish);
  EXPECT_EQ(ReasonOf(without.status), "MANDATE_MISSING");
  Mandate& mandate = *wish.mutable_mandate();
  mandate.set_kind(Mandate::HELPER);
  mandate.set_helper(kHelper.person);
  mandate.add_scopes(Mandate::MAY_SUBMIT);
  mandate.set_until("2025-12-31");
  const auto said = Do(kHelper, *front_desk_, &FrontDesk::Stub::Submit, wish);
  ASSERT_TRUE(said.ok()) << said.status.error_message();

  ReturnOriginals originals;
  originals.set_case_id(said.answer.case_id());
  originals.mutable_taker_name()->set_text("张三");
  const auto refused = Do(kHelper, *front_desk_, &FrontDesk::Stub::ReturnOriginals, originals);
  EXPECT_EQ(ReasonOf(refused.status), "MANDATE_SCOPE_EXCEEDED");
  GrantMandate grant;
  grant.set_case_id(said.answer.case_id());
  *grant.mutable_mandate() = mandate;
  grant.mutable_mandate()->add_scopes(Mandate::MAY_COLLECT);
  ASSERT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::GrantMandate, grant).ok());
  EXPECT_TRUE(Do(kHelper, *front_desk_, &FrontDesk::Stub::ReturnOriginals, originals).ok());
  EndMandate end;
  end.set_case_id(said.answer.case_id());
  end.set_mandate_id(2);
  EXPECT_EQ(ReasonOf(Do(kHelper, *front_desk_, &FrontDesk::Stub::EndMandate, end).status),
            "DUTY_MISSING");
  EXPECT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::EndMandate, end).ok());
}

TEST_F(CommandsTest, TheSameRequestIdGivesTheSameAnswerAlsoWhenTheCaseHasGoneOn) {
  SubmitCase wish = SeniorCard();
  wish.mutable_envelope()->set_request_id("once");
  const auto first = Submit(wish);
  ASSERT_TRUE(Accept(first.answer.case_id()).ok());
  const auto again = Submit(wish);
  EXPECT_EQ(first.answer.SerializeAsString(), again.answer.SerializeAsString());
  EXPECT_EQ(again.answer.stage(), STAGE_RECEIVED);
}

TEST_F(CommandsTest, ARequestIdWithAnotherBodyIsRefused) {
  SubmitCase wish = SeniorCard();
  wish.mutable_envelope()->set_request_id("once");
  ASSERT_TRUE(Submit(wish).ok());
  wish.mutable_applicant()->mutable_name()->set_text("李四");
  const auto said = Submit(wish);
  EXPECT_EQ(said.status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(ReasonOf(said.status), "REQUEST_ID_REUSED");
}

TEST_F(CommandsTest, ARequestIdIsRequired) {
  grpc::ClientContext context;
  Prepare(context, kWindow);
  SubmitCase wish = SeniorCard();
  wish.mutable_envelope()->set_position(kWindow.position);
  CommandOutcome outcome;
  const grpc::Status status = front_desk_->Submit(&context, wish, &outcome);
  EXPECT_EQ(ReasonOf(status), "FIELD_MISSING");
  const auto request = DetailOf<google::rpc::BadRequest>(status);
  ASSERT_EQ(request.field_violations_size(), 1);
  EXPECT_EQ(request.field_violations(0).field(), "envelope.request_id");
}

TEST_F(CommandsTest, ValidationAnswersAndLeavesNothingBehind) {
  SubmitCase wish = SeniorCard();
  wish.mutable_envelope()->set_validate_only(true);
  const auto before = server_->engine().Stats().sequence;
  const auto said = Submit(wish);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.sequence(), 0u);
  EXPECT_TRUE(said.answer.query_code().empty());
  EXPECT_EQ(server_->engine().Stats().sequence, before);
}

TEST_F(CommandsTest, AnOpenCaseOfTheSameApplicantAndItemIsAWarning) {
  const uint64_t first = SubmittedCase();
  const auto said = Submit(SeniorCard());
  ASSERT_EQ(said.answer.warnings_size(), 1);
  EXPECT_EQ(said.answer.warnings(0).kind(), Warning::OPEN_CASE_OF_APPLICANT);
  EXPECT_EQ(said.answer.warnings(0).case_id(), first);
}

// GB 11643. A co-applicant's as well.
TEST_F(CommandsTest, ADoubtfulIdentityNumberIsTakenInWithAWarning) {
  SubmitCase wish = SeniorCard();
  EXPECT_EQ(Submit(wish).answer.warnings_size(), 0);
  wish = SeniorCard();
  Applicant& other = *wish.add_co_applicants();
  other = wish.applicant();
  wish.mutable_applicant()->mutable_document_number()->set_text("510121195001011239");
  other.mutable_document_number()->set_text("510121194903071232");
  const auto said = Submit(wish);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  const auto& warnings = said.answer.warnings();
  EXPECT_TRUE(std::any_of(warnings.begin(), warnings.end(), [](const Warning& warning) {
    return warning.kind() == Warning::IDENTITY_NUMBER_DOUBTFUL;
  }));
}

TEST_F(CommandsTest, ADateBeyondTheCalendarIsAWarning) {
  time_.Pass(std::chrono::days(450));
  server_->engine().ConfirmClock();
  const auto submitted = Submit(SeniorCard());
  const auto said = Accept(submitted.answer.case_id());
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  ASSERT_EQ(said.answer.warnings_size(), 1);
  EXPECT_EQ(said.answer.warnings(0).kind(), Warning::PROVISIONAL_DUE_DATE);
}

TEST_F(CommandsTest, AWrongStageSaysWhichStageAndWhatIsAllowed) {
  DeliverCase wish;
  wish.set_case_id(SubmittedCase());
  const auto said = Do(kWindow, *unified_window_, &UnifiedWindow::Stub::Deliver, wish);
  EXPECT_EQ(said.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  const auto error = DetailOf<google::rpc::ErrorInfo>(said.status);
  EXPECT_EQ(error.reason(), "WRONG_STAGE");
  EXPECT_EQ(error.domain(), "onewindow");
  EXPECT_EQ(error.metadata().at("stage"), "STAGE_RECEIVED");
  EXPECT_THAT(error.metadata().at("allowed"), HasSubstr("accept_case"));
  const auto failure = DetailOf<google::rpc::PreconditionFailure>(said.status);
  EXPECT_EQ(failure.violations(0).type(), "WRONG_STAGE");
  const auto localized = DetailOf<google::rpc::LocalizedMessage>(said.status);
  EXPECT_EQ(localized.locale(), "zh-CN");
  EXPECT_EQ(localized.message(), "当前环节不允许此操作");
}

TEST_F(CommandsTest, AFieldAtFaultIsNamed) {
  SubmitCase wish = SeniorCard();
  wish.add_materials("marriage-certificate");
  const auto said = Submit(wish);
  EXPECT_EQ(said.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(said.status), "MATERIAL_NOT_LISTED");
  EXPECT_THAT(DetailOf<google::rpc::BadRequest>(said.status).field_violations(0).field(),
              HasSubstr("materials"));
}

TEST_F(CommandsTest, AStaleEtagIsAborted) {
  const auto submitted = Submit(SeniorCard());
  ASSERT_TRUE(Accept(submitted.answer.case_id()).ok());
  WithdrawCase wish;
  wish.set_case_id(submitted.answer.case_id());
  wish.mutable_reason()->set_text("不办了");
  wish.mutable_envelope()->set_etag(submitted.answer.etag());
  const auto said = Do(kWindow, *front_desk_, &FrontDesk::Stub::Withdraw, wish);
  EXPECT_EQ(said.status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(ReasonOf(said.status), "STALE_ETAG");
}

TEST_F(CommandsTest, AnOversizedRequestIsRefusedAndTheConnectionLives) {
  SubmitCase wish = SeniorCard();
  wish.mutable_applicant()->mutable_address()->set_text(std::string(kRequestBytesMax + 1, 'x'));
  EXPECT_EQ(Submit(wish).status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(Submit(SeniorCard()).ok());
}

TEST_F(CommandsTest, AStoppingServerSaysSoAndThatAskingAgainHelps) {
  server_->engine().Stop();
  const auto said = Submit(SeniorCard());
  EXPECT_EQ(said.status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(said.status), "STOPPING");
  EXPECT_GT(DetailOf<google::rpc::RetryInfo>(said.status).retry_delay().seconds(), 0);
}

// Twenty persons share one connection: what each does is noted under his own name.
TEST_F(CommandsTest, PersonsOnOneConnectionAreNeverMixed) {
  const std::vector<std::string> surnames = {"zhao", "qian",  "sun",  "li",   "zhou",
                                             "wu",   "zheng", "wang", "feng", "chen"};
  const std::vector<std::string> towns = {"zhaozhen", "guancang", "qixian", "gaoban", "baiguo",
                                          "huaikou",  "wufeng",   "sanxi",  "fuxing", "jinlong"};
  constexpr int kCallsEach = 25;
  std::vector<std::thread> threads;
  std::atomic<int> mixed = 0;
  std::atomic<int> refused = 0;
  for (size_t i = 0; i < 2 * towns.size(); ++i) {
    const bool first = i < towns.size();
    const size_t town = i % towns.size();
    const As as{.person = surnames[town] + (first ? "-jia" : "-yi"),
                .position = towns[town] + (first ? "-window-1" : "-window-2")};
    threads.emplace_back([&, as] {
      for (int n = 0; n < kCallsEach; ++n) {
        const auto said = Do(as, *front_desk_, &FrontDesk::Stub::Submit, SeniorCard());
        if (!said.ok()) {
          ++refused;
          continue;
        }
        const auto logged = server_->engine().log().Read(Sequence{said.answer.sequence()});
        const Caller& caller = logged.value().caller();
        if (caller.person() != as.person || caller.position() != as.position) ++mixed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(mixed, 0);
}

TEST_F(CommandsTest, ASecondServerOnTheSameDataIsRefusedByName) {
  const auto second = Server::Open(MakeSettingsHere(), time_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.fault().kind, FaultKind::kUnavailable);
  EXPECT_THAT(second.fault().message, HasSubstr("data"));
}

TEST_F(CommandsTest, DataOfANewerFormatIsRefusedByName) {
  const ScratchDirectory newer;
  std::ofstream(newer / "FORMAT") << "onewindow-data 4000000000\n";
  Settings settings = MakeSettingsHere();
  settings.engine.data_directory = newer.path();
  const auto server = Server::Open(settings, time_);
  ASSERT_FALSE(server.ok());
  EXPECT_EQ(server.fault().kind, FaultKind::kUnsupported);
  EXPECT_THAT(server.fault().message, HasSubstr("4000000000"));
}

}  // namespace
}  // namespace onewindow
