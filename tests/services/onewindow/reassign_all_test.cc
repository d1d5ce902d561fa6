#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "engine/base/ids.h"
#include "onewindow/v1/back_office.pb.h"
#include "services/onewindow/call_commands.h"
#include "services/onewindow/command_tree.h"
#include "tests/services/onewindow/fake_wire.h"

namespace onewindow {
namespace {

using testing::HasSubstr;

const CallFailure kRefused{.code = 7, .message = "Expected another desk", .details = ""};
const CallFailure kUnavailable{.code = 14, .message = "stopping", .details = ""};

class ReassignAllTest : public testing::Test {
 protected:
  ExitCode Onewindow(const std::vector<std::string>& more = {}) {
    CommandTree tree;
    AddCallCommands(tree, [this](const Connection&) -> Result<std::unique_ptr<Wire>> {
      return std::unique_ptr<Wire>(std::make_unique<FakeWire>(server_));
    });
    std::vector<std::string> words = {"reassign-all",    "--position", "head",
                                      "--from-position", "clerk",      "--to-position",
                                      "colleague",       "--reason",   "left"};
    words.insert(words.end(), more.begin(), more.end());
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Terminal terminal{.in = in, .out = out, .err = err, .audience = Audience::kProgram};
    ExitCode code = tree.Run(words, terminal);
    out_ = out.str();
    err_ = err.str();
    return code;
  }

  static void Add(ListWorklistResponse& list, uint64_t case_id, const std::string& position,
                  const std::string& person) {
    WorklistEntry& entry = *list.add_entries();
    entry.set_case_id(case_id);
    entry.mutable_task()->set_id(3);
    entry.mutable_task()->set_position(position);
    entry.mutable_task()->set_person(person);
    entry.mutable_task()->mutable_since()->set_seconds(1'760'000'000);
  }

  // Two pieces: what li and zhao claimed, what was given to the position, and what anybody takes.
  void SayLists() {
    ListWorklistResponse first;
    Add(first, 11, "clerk", "li");
    Add(first, 12, "", "");
    first.set_next_page_token("more");
    ListWorklistResponse second;
    Add(second, 13, "clerk", "zhao");
    Add(second, 14, "clerk", "");
    server_.Say(first);
    server_.Say(second);
  }

  FakeServer server_;
  std::string out_;
  std::string err_;
};

TEST_F(ReassignAllTest, EverythingThatThePositionHoldsIsGivenAway) {
  SayLists();
  for (int i = 0; i < 3; ++i) server_.Say(CommandOutcome());
  EXPECT_EQ(Onewindow(), ExitCode::kOk);
  ASSERT_EQ(server_.asked.size(), 5u);
  const auto listed = server_.Request<ListWorklistRequest>(0);
  EXPECT_EQ(listed.position(), "head");
  EXPECT_EQ(listed.of_position(), "clerk");
  std::set<std::string> request_ids;
  std::vector<uint64_t> cases;
  for (size_t i = 2; i < 5; ++i) {
    EXPECT_EQ(server_.asked[i].method, "/onewindow.v1.BackOffice/Reassign");
    const auto request = server_.Request<ReassignTask>(i);
    EXPECT_EQ(request.envelope().position(), "head");
    EXPECT_EQ(request.task_id(), 3u);
    EXPECT_EQ(request.to_position(), "colleague");
    EXPECT_EQ(request.reason().text(), "left");
    request_ids.insert(request.envelope().request_id());
    cases.push_back(request.case_id());
  }
  EXPECT_THAT(cases, testing::ElementsAre(11, 13, 14));
  EXPECT_EQ(request_ids.size(), 3u);
  EXPECT_EQ(out_, "reassigned 3, refused 0\n");
  EXPECT_THAT(err_, HasSubstr("reassigning: 100 %"));
}

TEST_F(ReassignAllTest, OnlyWhatThePersonClaimed) {
  SayLists();
  server_.Say(CommandOutcome());
  EXPECT_EQ(Onewindow({"--person", "zhao"}), ExitCode::kOk);
  ASSERT_EQ(server_.asked.size(), 3u);
  EXPECT_EQ(server_.Request<ReassignTask>(2).case_id(), 13u);
}

TEST_F(ReassignAllTest, WhatIsRefusedIsNamedAndTheRestGoesOn) {
  SayLists();
  server_.Say(CommandOutcome());
  server_.Refuse(kRefused);
  server_.Say(CommandOutcome());
  EXPECT_EQ(Onewindow(), ExitCode::kCheckFailed);
  EXPECT_EQ(out_, "reassigned 2, refused 1\n");
  EXPECT_THAT(err_, HasSubstr("case 13, task 3: "));
  EXPECT_THAT(err_, HasSubstr("Expected another desk"));
}

// A timeout may have done it, and who is not known is told so once.
TEST_F(ReassignAllTest, WhatConcernsAllOfThemEndsItAndSaysHowFarItCame) {
  for (const int code : {4, 16}) {
    server_ = FakeServer();
    SayLists();
    server_.Say(CommandOutcome());
    server_.Refuse({.code = code, .message = "no", .details = ""});
    EXPECT_EQ(Onewindow(), code == 4 ? ExitCode::kUnavailable : ExitCode::kRefused);
    EXPECT_EQ(server_.asked.size(), 4u);
    EXPECT_EQ(out_, "reassigned 1, refused 0, left 2\n");
  }
}

// The second run says the same of the same task, so that the server does it once.
TEST_F(ReassignAllTest, BrokenOffItGoesOnWhereItEnded) {
  SayLists();
  for (int i = 0; i < 8; ++i) server_.Refuse(kUnavailable);
  EXPECT_EQ(Onewindow(), ExitCode::kUnavailable);
  const std::string id = server_.Request<ReassignTask>(2).envelope().request_id();
  server_ = FakeServer();
  SayLists();
  for (int i = 0; i < 3; ++i) server_.Say(CommandOutcome());
  EXPECT_EQ(Onewindow(), ExitCode::kOk);
  EXPECT_EQ(server_.Request<ReassignTask>(2).envelope().request_id(), id);
}

TEST_F(ReassignAllTest, WhoMayNotSeeTheListIsTold) {
  server_.Refuse(kRefused);
  EXPECT_EQ(Onewindow(), ExitCode::kRefused);
  EXPECT_THAT(err_, HasSubstr("Expected another desk"));
}

TEST_F(ReassignAllTest, NothingHeldIsNothingToDo) {
  server_.Say(ListWorklistResponse());
  EXPECT_EQ(Onewindow(), ExitCode::kOk);
  EXPECT_EQ(out_, "reassigned 0, refused 0\n");
}

}  // namespace
}  // namespace onewindow
