#include "services/onewindow/call_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <iomanip>
#include <sstream>

#include "engine/base/ids.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "onewindow/v1/back_office.pb.h"
#include "onewindow/v1/front_desk.pb.h"
#include "onewindow/v1/unified_window.pb.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/verbs.h"
#include "tests/services/onewindow/fake_wire.h"

namespace onewindow {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kReceipt[] = "51012120261123000001";
constexpr int kUnavailableCode = 14;

class CallCommandsTest : public testing::Test {
 protected:
  // Runs a command line with the fake server behind it.
  ExitCode Onewindow(const std::vector<std::string>& arguments) {
    CommandTree tree;
    AddCallCommands(tree, [this](const Connection& connection) -> Result<std::unique_ptr<Wire>> {
      connection_ = connection;
      return std::unique_ptr<Wire>(std::make_unique<FakeWire>(server_));
    });
    std::istringstream in(input_);
    std::ostringstream out;
    std::ostringstream err;
    Terminal terminal{.in = in, .out = out, .err = err, .audience = Audience::kProgram};
    ExitCode code = tree.Run(arguments, terminal);
    out_ = out.str();
    err_ = err.str();
    return code;
  }

  FakeServer server_;
  Connection connection_;
  std::string input_;
  std::string out_;
  std::string err_;
};

// The words of a line as a shell takes them, with double quotes only.
std::vector<std::string> ShellWords(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream stream(line);
  for (std::string word; stream >> std::quoted(word);) words.push_back(word);
  return words;
}

CallFailure WrongStage() {
  google::rpc::Status status;
  status.set_code(9);
  google::rpc::ErrorInfo cause;
  cause.set_reason("WRONG_STAGE");
  (*cause.mutable_metadata())["stage"] = "STAGE_ACCEPTED";
  (*cause.mutable_metadata())["allowed"] = "hand_over_file,withdraw_case";
  status.add_details()->PackFrom(cause);
  google::rpc::LocalizedMessage text;
  text.set_message("当前环节不允许此操作");
  status.add_details()->PackFrom(text);
  google::rpc::BadRequest fields;
  fields.add_field_violations()->set_field("materials[1]");
  status.add_details()->PackFrom(fields);
  return {.code = 9,
          .message = "Expected to accept case 42, but it is already accepted",
          .details = status.SerializeAsString()};
}

TEST_F(CallCommandsTest, FlagsBecomeTheRequest) {
  CommandOutcome outcome;
  outcome.set_sequence(7);
  outcome.set_case_id(7);
  outcome.set_receipt_number(kReceipt);
  outcome.set_query_code("ABCD2345");
  server_.Say(outcome);
  EXPECT_EQ(Onewindow({"submit", "--item", "senior-card", "--name", "张三", "--id-number",
                       "510121195001011234", "--materials", "identity-card,photograph", "--form",
                       "village=石门村", "--position", "zhaozhen-window-1", "--token", "secret"}),
            ExitCode::kOk)
      << err_;
  ASSERT_EQ(server_.asked.size(), 1u);
  EXPECT_EQ(server_.asked[0].method, "/onewindow.v1.FrontDesk/Submit");
  auto request = server_.Request<SubmitCase>(0);
  EXPECT_EQ(request.envelope().position(), "zhaozhen-window-1");
  EXPECT_EQ(request.applicant().name().text(), "张三");
  EXPECT_EQ(request.applicant().document_type(), Applicant::IDENTITY_NUMBER);
  EXPECT_THAT(request.materials(), testing::ElementsAre("identity-card", "photograph"));
  EXPECT_EQ(request.form(0).value().text(), "石门村");
  EXPECT_EQ(connection_.token, "secret");
  EXPECT_THAT(out_, HasSubstr(kReceipt));
  EXPECT_THAT(out_, HasSubstr("ABCD2345"));
}

TEST_F(CallCommandsTest, WhatIsPersonalNeedNotStandOnTheCommandLine) {
  server_.Say(CommandOutcome());
  input_ = R"({"applicant": {"name": {"text": "张三"}}})";
  EXPECT_EQ(Onewindow({"submit", "--item", "senior-card", "--from", "-", "--position", "p"}),
            ExitCode::kOk)
      << err_;
  const auto request = server_.Request<SubmitCase>(0);
  EXPECT_EQ(request.applicant().name().text(), "张三");
  EXPECT_EQ(request.applicant().document_type(), Applicant::IDENTITY_NUMBER);
  EXPECT_EQ(request.item(), "senior-card");

  server_.Say(FindCasesResponse());
  input_ = R"({"applicant": {"document_number": "510121195001011239"}})";
  EXPECT_EQ(Onewindow({"find", "--from", "-"}), ExitCode::kOk) << err_;
  EXPECT_EQ(server_.Request<FindCasesRequest>(1).applicant().document_number(),
            "510121195001011239");
  EXPECT_EQ(Onewindow({"find", "--from", "/nowhere"}), ExitCode::kUsage);
  EXPECT_THAT(err_, HasSubstr("/nowhere"));
}

TEST_F(CallCommandsTest, ACaseIsNamedByItsReceiptToo) {
  FindCasesResponse found;
  found.add_cases()->mutable_record()->set_id(42);
  server_.Say(found);
  server_.Say(CommandOutcome());
  EXPECT_EQ(Onewindow({"accept", kReceipt, "--position", "p"}), ExitCode::kOk) << err_;
  ASSERT_EQ(server_.asked.size(), 2u);
  EXPECT_EQ(server_.Request<FindCasesRequest>(0).receipt_number(), kReceipt);
  EXPECT_EQ(server_.Request<FindCasesRequest>(0).position(), "p");
  EXPECT_EQ(server_.Request<AcceptCase>(1).case_id(), 42u);
}

TEST_F(CallCommandsTest, AReceiptThatNobodyKnowsIsRefused) {
  server_.Say(FindCasesResponse());
  EXPECT_EQ(Onewindow({"accept", kReceipt}), ExitCode::kRefused);
  EXPECT_THAT(err_, HasSubstr(kReceipt));
}

TEST_F(CallCommandsTest, ACaseThatIsNeitherIsAMistake) {
  EXPECT_EQ(Onewindow({"accept", "C1"}), ExitCode::kUsage);
  EXPECT_TRUE(server_.asked.empty());
  EXPECT_EQ(Onewindow({"accept"}), ExitCode::kUsage);
}

TEST_F(CallCommandsTest, ChoicesSetWhatTheyMeanAndExcludeEachOther) {
  server_.Say(CommandOutcome());
  EXPECT_EQ(Onewindow({"complete", "42", "--return-to", "first-review", "--opinion", "缺照片"}),
            ExitCode::kOk)
      << err_;
  auto request = server_.Request<CompleteStep>(0);
  EXPECT_EQ(request.action(), CompleteStep::RETURN_TO_STEP);
  EXPECT_EQ(request.return_to(), "first-review");
  EXPECT_EQ(Onewindow({"complete", "42", "--pass", "--return-to-window"}), ExitCode::kUsage);
}

TEST_F(CallCommandsTest, ARefusalSaysWhyAndWhatIsAllowed) {
  server_.Refuse(WrongStage());
  EXPECT_EQ(Onewindow({"accept", "42"}), ExitCode::kRefused);
  EXPECT_THAT(err_, HasSubstr("当前环节不允许此操作"));
  EXPECT_THAT(err_, HasSubstr("Expected to accept case 42, but it is already accepted"));
  EXPECT_THAT(err_, HasSubstr("WRONG_STAGE"));
  EXPECT_THAT(err_, HasSubstr("stage     accepted\n"));
  EXPECT_THAT(err_, HasSubstr("hand_over_file,withdraw_case"));
  EXPECT_THAT(err_, HasSubstr("materials[1]"));
  EXPECT_EQ(out_, "");
}

TEST_F(CallCommandsTest, ARefusalForProgramsIsJson) {
  server_.Refuse(WrongStage());
  EXPECT_EQ(Onewindow({"accept", "42", "-o", "json"}), ExitCode::kRefused);
  EXPECT_THAT(err_, HasSubstr("\"reason\":\"WRONG_STAGE\""));
  EXPECT_THAT(err_, HasSubstr("google.rpc.ErrorInfo"));
}

TEST_F(CallCommandsTest, UnavailableIsTriedAgainWithTheSameRequest) {
  server_.Refuse({.code = kUnavailableCode, .message = "busy", .details = ""});
  server_.Refuse({.code = kUnavailableCode, .message = "busy", .details = ""});
  server_.Say(CommandOutcome());
  EXPECT_EQ(Onewindow({"accept", "42"}), ExitCode::kOk) << err_;
  ASSERT_EQ(server_.asked.size(), 3u);
  EXPECT_EQ(server_.asked[0].request, server_.asked[2].request);
  EXPECT_EQ(server_.waited.count(), 200 + 400);
}

TEST_F(CallCommandsTest, AfterTheLastTryTheRequestIdIsShown) {
  for (int i = 0; i < 9; ++i) {
    server_.Refuse({.code = kUnavailableCode, .message = "no server", .details = ""});
  }
  EXPECT_EQ(Onewindow({"accept", "42", "--request-id", "mine-1"}), ExitCode::kUnavailable);
  EXPECT_EQ(server_.asked.size(), 4u);
  EXPECT_THAT(err_, HasSubstr("--request-id mine-1"));
}

TEST_F(CallCommandsTest, WhatTheServerDidNotTakeIsNotInDoubt) {
  google::rpc::ErrorInfo cause;
  cause.set_reason("CLOCK_JUMPED");
  google::rpc::Status status;
  status.add_details()->PackFrom(cause);
  for (int i = 0; i < 9; ++i) {
    server_.Refuse({.code = kUnavailableCode,
                    .message = "writes wait",
                    .details = status.SerializeAsString()});
  }
  EXPECT_EQ(Onewindow({"accept", "42", "--request-id", "mine-1"}), ExitCode::kUnavailable);
  EXPECT_THAT(err_, HasSubstr("CLOCK_JUMPED"));
  EXPECT_THAT(err_, Not(HasSubstr("--request-id")));
}

TEST_F(CallCommandsTest, WhatCannotBeRepeatedSafelyIsAskedOnce) {
  server_.Refuse({.code = kUnavailableCode, .message = "busy", .details = ""});
  EXPECT_EQ(Onewindow({"backup", "create"}), ExitCode::kUnavailable);
  EXPECT_EQ(server_.asked.size(), 1u);
}

TEST_F(CallCommandsTest, AllFetchesEveryPiece) {
  ListReadyResponse piece;
  piece.add_entries()->set_receipt_number("first");
  piece.set_next_page_token("t2");
  server_.Say(piece);
  ListReadyResponse last;
  last.add_entries()->set_receipt_number("second");
  server_.Say(last);
  EXPECT_EQ(Onewindow({"ready", "--all", "--page-size", "1"}), ExitCode::kOk) << err_;
  EXPECT_EQ(server_.Request<ListReadyRequest>(1).paging().page_token(), "t2");
  EXPECT_EQ(server_.Request<ListReadyRequest>(1).paging().page_size(), 1u);
  EXPECT_THAT(out_, HasSubstr("first"));
  EXPECT_THAT(out_, HasSubstr("second"));
  EXPECT_THAT(out_, Not(HasSubstr("There is more")));
}

TEST_F(CallCommandsTest, OnePieceSaysHowToGoOn) {
  ListReadyResponse piece;
  piece.add_entries()->set_receipt_number("first");
  piece.set_next_page_token("t2");
  server_.Say(piece);
  EXPECT_EQ(Onewindow({"ready"}), ExitCode::kOk);
  EXPECT_THAT(out_, HasSubstr("--page-token t2"));
}

TEST_F(CallCommandsTest, AWatchPrintsALineAChangeAndEndsWhenToldTo) {
  WorklistChange change;
  change.set_sequence(5);
  server_.Say(change);
  change.set_case_id(3);
  server_.Say(change);
  server_.Say(change);
  EXPECT_EQ(Onewindow({"watch", "worklist", "--position", "p", "--messages", "2"}), ExitCode::kOk);
  EXPECT_EQ(out_, "5  watching\n5  case 3  left\n");
  EXPECT_EQ(server_.answers.size(), 1u);
}

TEST_F(CallCommandsTest, AWatchThatTheServerEndsIsUnavailable) {
  server_.Refuse({.code = kUnavailableCode, .message = "stopping", .details = ""});
  EXPECT_EQ(Onewindow({"watch", "case", "42"}), ExitCode::kUnavailable);
}

TEST_F(CallCommandsTest, CallTakesAnyMethodInJson) {
  server_.Say(CaseView());
  EXPECT_EQ(Onewindow({"call", "front-desk.get-case", "--json", R"({"case_id": 42})"}),
            ExitCode::kOk)
      << err_;
  EXPECT_EQ(server_.Request<GetCaseRequest>(0).case_id(), 42u);
  server_.Say(CaseView());
  input_ = R"({"caseId": "43"})";
  EXPECT_EQ(Onewindow({"call", "FrontDesk.GetCase", "--json", "-"}), ExitCode::kOk) << err_;
  EXPECT_EQ(server_.Request<GetCaseRequest>(1).case_id(), 43u);
}

TEST_F(CallCommandsTest, CallRefusesWhatItDoesNotKnow) {
  EXPECT_EQ(Onewindow({"call", "FrontDesk.Submitt"}), ExitCode::kUsage);
  EXPECT_THAT(err_, HasSubstr("did you mean `FrontDesk.Submit`?"));
  EXPECT_EQ(Onewindow({"call", "FrontDesk.Submit", "--json", R"({"no_such": 1})"}),
            ExitCode::kUsage);
  EXPECT_THAT(err_, HasSubstr("no_such"));
}

TEST_F(CallCommandsTest, JsonIsTheAnswerInProtoNames) {
  CaseView view;
  view.mutable_record()->set_receipt_number(kReceipt);
  server_.Say(view);
  EXPECT_EQ(Onewindow({"show", "42", "-o", "json"}), ExitCode::kOk);
  EXPECT_THAT(out_, HasSubstr("\"receipt_number\": \"" + std::string(kReceipt) + "\""));
}

TEST_F(CallCommandsTest, CommonOptionsStandBeforeOrBehindTheCommand) {
  server_.Say(CaseView());
  EXPECT_EQ(Onewindow({"--server", "a:1", "show", "42", "--position", "p"}), ExitCode::kOk);
  EXPECT_EQ(connection_.server, "a:1");
  EXPECT_EQ(server_.Request<GetCaseRequest>(0).position(), "p");
}

TEST_F(CallCommandsTest, EveryExampleOfTheHelpReachesTheServer) {
  auto before = std::filesystem::current_path();
  std::filesystem::current_path(ONEWINDOW_SOURCE_DIR);
  input_ = "{}";
  for (const VerbGroup& group : VerbGroups()) {
    for (const Verb& verb : group.verbs) {
      server_.answers.clear();
      server_.Refuse(WrongStage());
      EXPECT_EQ(Onewindow(ShellWords(verb.words + " " + verb.example)), ExitCode::kRefused)
          << verb.words << ": " << err_;
    }
  }
  std::filesystem::current_path(before);
}

TEST_F(CallCommandsTest, AWordOfAnotherCommandMayBeAnArgument) {
  server_.Say(ServiceItem());
  EXPECT_EQ(Onewindow({"item", "show", "status"}), ExitCode::kOk) << err_;
  EXPECT_EQ(server_.asked[0].method, "/onewindow.v1.Administration/GetItem");
}

}  // namespace
}  // namespace onewindow
