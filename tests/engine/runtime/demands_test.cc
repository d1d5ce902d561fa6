// What counties demand of townships, and what each county is shown, through the whole engine but
// its threads.
#include <fstream>
#include <iterator>

#include "engine/catalog/read_item.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/read_chart.h"
#include "tests/engine/runtime/world.h"

namespace onewindow {
namespace {

constexpr std::string_view kSurvey = R"(id: survey
name: 调查
kind: other_power
regime: own
power_source: statutory_power
minimum_level: county_level
handling: within_limit
promised_limit: 5 working_days
route:
  legs:
  - branches:
    - steps:
      - {id: check, name: 核查, kind: handle, performer: county/civil-affairs}
      - {id: decision, name: 审批, kind: decide, performer: county/civil-affairs}
delivery: [at_window]
)";

OrganisationChart TwoCounties() {
  const std::string file = ONEWINDOW_SOURCE_DIR "/tests/support/story/two_counties.yaml";
  std::ifstream stream(file);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return ReadChart({file, text}).chart;
}

class DemandsTest : public World {
 protected:
  DemandsTest() {
    std::vector<Command> commands = Publications();
    *commands[0].mutable_publish_organisation()->mutable_chart() = chart_;
    *commands[2].mutable_publish_item()->mutable_item() = ReadItem({"survey.yaml", kSurvey}).item;
    for (const Command& command : commands) ExpectAccepted(DoAs(kSystemPerson, command));
  }

  template <typename Wish>
  Command From(std::string_view position, Wish* (Command::*arm)(), Wish wish) {
    wish.mutable_envelope()->set_request_id("demand-" + std::to_string(++last_));
    wish.mutable_envelope()->set_position(std::string(position));
    wish.mutable_envelope()->set_channel(CHANNEL_WINDOW);
    Command command;
    *(command.*arm)() = std::move(wish);
    return command;
  }
  // By whoever holds the position.
  Answer DoAt(std::string_view position, const Command& command) {
    return DoAs(HolderOf(position), command);
  }
  std::string HolderOf(std::string_view position) const {
    for (const Holding& holding : chart_.holdings()) {
      if (holding.position() == position) return holding.person();
    }
    return "";
  }
  template <typename Wish>
  void Must(std::string_view position, Wish* (Command::*arm)(), Wish wish) {
    ExpectAccepted(DoAt(position, From(position, arm, std::move(wish))));
  }

  CaseId AcceptedCase(std::string_view window) {
    Command command = Submit("applicant " + std::to_string(last_));
    v1::SubmitCase& wish = *command.mutable_submit_case();
    wish.set_item("survey");
    wish.clear_materials();
    wish.mutable_envelope()->set_position(std::string(window));
    const CaseId case_id = ExpectAccepted(DoAt(window, command)).case_id;
    AcceptCase accept;
    accept.set_case_id(case_id.value);
    Must(window, &Command::mutable_accept_case, accept);
    return case_id;
  }
  // A case whose first step the department of the county has claimed.
  CaseId ClaimedCase(std::string_view window, std::string_view handler) {
    const CaseId case_id = AcceptedCase(window);
    HandOverFile sent;
    sent.set_case_id(case_id.value);
    Must(window, &Command::mutable_hand_over_file, sent);
    AcknowledgeHandOver arrived;
    arrived.set_case_id(case_id.value);
    Must(handler, &Command::mutable_acknowledge_hand_over, arrived);
    ClaimTask claim;
    claim.set_case_id(case_id.value);
    Must(handler, &Command::mutable_claim_task, claim);
    return case_id;
  }

  Command HandDown(CaseId case_id, std::string_view handler, std::string_view to) {
    HandDownTask wish;
    wish.set_case_id(case_id.value);
    wish.set_to_organisation(std::string(to));
    return From(handler, &Command::mutable_hand_down_task, wish);
  }
  RequestAssistance Request(CaseId case_id, std::string_view to) const {
    RequestAssistance wish;
    wish.set_case_id(case_id.value);
    wish.set_to_organisation(std::string(to));
    wish.mutable_terms()->set_basis("basis");
    wish.mutable_terms()->set_authority("authority");
    wish.mutable_terms()->set_funding("funding");
    wish.mutable_terms()->set_support("support");
    *wish.mutable_terms()->mutable_deadline() = ToTimestamp(time_.Now() + std::chrono::days(10));
    return wish;
  }
  AnswerAssistance AnswerTo(CaseId case_id, uint32_t assist,
                            AnswerAssistance::Answer answer) const {
    AnswerAssistance wish;
    wish.set_case_id(case_id.value);
    wish.set_assist_id(assist);
    wish.set_answer(answer);
    wish.mutable_reason()->set_text("reason");
    return wish;
  }

  WorkQueries Work() const { return WorkQueries(store_, partition_->state()); }
  Page<DemandRow> Demands(std::string_view position, const PageRequest& page = {}) const {
    auto rows = Work().ListDemands(position, page);
    EXPECT_TRUE(rows.ok());
    return rows.value();
  }
  Sequence End() const { return partition_->state().end.sequence; }

  const OrganisationChart chart_ = TwoCounties();
  int last_ = 0;
};

TEST_F(DemandsTest, ACountedRefusalIsLoggedOnceAndStaysARefusal) {
  const CaseId case_id = ClaimedCase("hill-window", "north-handler");
  const Command wish = HandDown(case_id, "north-handler", "hill-civil");
  const Sequence before = End();
  EXPECT_EQ(ReasonOf(DoAt("north-handler", wish)), HAND_DOWN_NOT_LISTED);
  EXPECT_EQ(End().value, before.value + 1);
  const CaseRecord record = Record(case_id);
  EXPECT_EQ(record.history(record.history_size() - 1), End().value);

  EXPECT_EQ(ReasonOf(DoAt("north-handler", wish)), HAND_DOWN_NOT_LISTED);
  Kill();
  Open();
  EXPECT_EQ(ReasonOf(DoAt("north-handler", wish)), HAND_DOWN_NOT_LISTED);
  EXPECT_EQ(End().value, before.value + 1);
  Command other = wish;
  other.mutable_hand_down_task()->set_to_organisation("mill-civil");
  EXPECT_EQ(ReasonOf(DoAt("north-handler", other)), REQUEST_ID_REUSED);
  EXPECT_EQ(Demands("north-supervisor").rows.at(0).figures.hand_downs_refused, 1u);
}

TEST_F(DemandsTest, AValidationOfARefusalLeavesNothing) {
  const CaseId case_id = ClaimedCase("hill-window", "north-handler");
  Command wish = HandDown(case_id, "north-handler", "hill-civil");
  wish.mutable_hand_down_task()->mutable_envelope()->set_validate_only(true);
  const Sequence before = End();
  EXPECT_EQ(ReasonOf(DoAt("north-handler", wish)), HAND_DOWN_NOT_LISTED);
  EXPECT_EQ(End(), before);
  EXPECT_TRUE(Demands("north-supervisor").rows.empty());
}

TEST_F(DemandsTest, AreCountedForTheDepartmentThatMadeThem) {
  const CaseId case_id = ClaimedCase("hill-window", "north-handler");
  auto request = &Command::mutable_request_assistance;
  auto answer = &Command::mutable_answer_assistance;
  Must("north-handler", request, Request(case_id, "hill-civil"));
  Must("hill-director", answer, AnswerTo(case_id, 1, AnswerAssistance::ACCEPT));
  Must("north-handler", answer, AnswerTo(case_id, 1, AnswerAssistance::GIVE_UP));
  Must("north-handler", request, Request(case_id, "mill-civil"));
  Must("mill-director", answer, AnswerTo(case_id, 2, AnswerAssistance::DECLINE));
  Must("north-handler", request, Request(case_id, "mill-civil"));
  AnswerAssistance counter = AnswerTo(case_id, 3, AnswerAssistance::COUNTER_PROPOSE);
  *counter.mutable_terms() = Request(case_id, "mill-civil").terms();
  Must("mill-director", answer, counter);
  RequestAssistance bare = Request(case_id, "hill-civil");
  bare.mutable_terms()->clear_basis();
  EXPECT_EQ(ReasonOf(DoAt("north-handler", From("north-handler", request, bare))),
            ASSIST_TERMS_MISSING);

  const Page<DemandRow> rows = Demands("north-supervisor");
  ASSERT_EQ(rows.rows.size(), 1u);
  EXPECT_EQ(rows.rows[0].department, "north-civil");
  EXPECT_EQ(rows.rows[0].figures, (DemandFigures{.requested = 3,
                                                 .agreed = 1,
                                                 .declined = 1,
                                                 .countered = 1,
                                                 .given_up = 1,
                                                 .without_basis = 1,
                                                 .hand_downs_refused = 0}));
  EXPECT_TRUE(Demands("south-supervisor").rows.empty());
  ExpectFoldsAreRebuiltAsTheyAre();
}

TEST_F(DemandsTest, AreListedPageByPage) {
  for (const char* county : {"north", "south"}) {
    const std::string handler = std::string(county) + "-handler";
    const bool north = county == std::string("north");
    const CaseId case_id = ClaimedCase(north ? "hill-window" : "lake-window", handler);
    DoAt(handler, HandDown(case_id, handler, north ? "hill-civil" : "lake-civil"));
  }
  const Page<DemandRow> first = Demands("", {.size = 1, .cursor = ""});
  ASSERT_EQ(first.rows.size(), 1u);
  EXPECT_EQ(first.rows[0].department, "north-civil");
  const Page<DemandRow> second = Demands("", {.size = 1, .cursor = first.next_cursor});
  ASSERT_EQ(second.rows.size(), 1u);
  EXPECT_EQ(second.rows[0].department, "south-civil");
  EXPECT_TRUE(second.next_cursor.empty());
  EXPECT_FALSE(Work().ListDemands("nobody", {}).ok());
}

TEST_F(DemandsTest, ASupervisorSeesHisCountyOnly) {
  AcceptedCase("hill-window");
  AcceptedCase("mill-window");
  const CaseId south = AcceptedCase("lake-window");
  time_.Pass(std::chrono::days(30));
  while (partition_->FireDue(Now(), 10) > 0) {
  }

  const auto overdue = [this](const std::string& position) {
    return Work()
        .ListDue({.light = LIGHT_OVERDUE, .organisation = "", .position = position}, {},
                 time_.Now())
        .value()
        .rows;
  };
  EXPECT_EQ(overdue("north-supervisor").size(), 2u);
  ASSERT_EQ(overdue("south-supervisor").size(), 1u);
  EXPECT_EQ(overdue("south-supervisor")[0].record.id(), south.value);
  EXPECT_EQ(overdue("").size(), 3u);

  EXPECT_EQ(Work().CountLights("north-supervisor", time_.Now()).value().overdue, 2u);
  EXPECT_EQ(Work().CountLights("south-supervisor", time_.Now()).value().overdue, 1u);
  EXPECT_EQ(Work().CountLights("south-supervisor", time_.Now()).value().normal, 0u);
  EXPECT_EQ(Work().CountLights("", time_.Now()).value().overdue, 3u);

  const CaseQueries cases(store_, partition_->state());
  const auto cards = [&](const std::string& position) {
    return cases.ListCards({.organisation = "", .position = position}, {}).value().rows;
  };
  EXPECT_EQ(cards("north-supervisor").size() + cards("south-supervisor").size(), cards("").size());
  ASSERT_FALSE(cards("south-supervisor").empty());
  for (const CardRow& row : cards("south-supervisor")) EXPECT_EQ(row.case_id, south);

  const auto received = [this](const std::string& position) {
    ProcessingTimesQuery query;
    query.position = position;
    return Work().GetProcessingTimes(query).value().total.received;
  };
  EXPECT_EQ(received("north-supervisor"), 2u);
  EXPECT_EQ(received("south-supervisor"), 1u);
}

}  // namespace
}  // namespace onewindow
