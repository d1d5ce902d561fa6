#include "engine/supervision/demand_tally.h"

#include <gtest/gtest.h>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

// A case for which two departments have asked for help.
CaseRecord AskedTwice() {
  CaseRecord record;
  for (const char* from : {"civil-affairs", "health"}) {
    v1::Assist& assist = *record.add_assists();
    assist.set_id(static_cast<uint32_t>(record.assists_size()));
    assist.set_from(from);
  }
  return record;
}

v1::LoggedCommand Answered(uint32_t assist, AnswerAssistance::Answer answer) {
  v1::LoggedCommand logged;
  AssistAnswered& fact = *logged.add_events()->mutable_assist_answered();
  fact.set_assist_id(assist);
  fact.set_answer(answer);
  return logged;
}

TEST(DemandTallyTest, AnAnswerCountsForTheDepartmentThatAsked) {
  DemandTally tally;
  tally.Add(Answered(1, AnswerAssistance::ACCEPT), AskedTwice());
  tally.Add(Answered(2, AnswerAssistance::DECLINE), AskedTwice());
  tally.Add(Answered(2, AnswerAssistance::COUNTER_PROPOSE), AskedTwice());
  tally.Add(Answered(2, AnswerAssistance::GIVE_UP), AskedTwice());
  EXPECT_EQ(tally.departments().at("civil-affairs"), DemandFigures{.agreed = 1});
  EXPECT_EQ(tally.departments().at("health"),
            (DemandFigures{.declined = 1, .countered = 1, .given_up = 1}));
}

TEST(DemandTallyTest, ARefusedDemandIsToldFromTheCommandThatMadeIt) {
  v1::LoggedCommand logged;
  logged.add_events()->mutable_hand_down_refused()->set_organisation("health");
  DemandTally tally;
  logged.mutable_command()->mutable_hand_down_task();
  tally.Add(logged, CaseRecord());
  logged.mutable_command()->mutable_request_assistance();
  tally.Add(logged, CaseRecord());
  EXPECT_EQ(tally.departments().at("health"),
            (DemandFigures{.without_basis = 1, .hand_downs_refused = 1}));
}

TEST(DemandTallyTest, IsWhatItWasAfterACheckpoint) {
  v1::LoggedCommand logged = Answered(1, AnswerAssistance::ACCEPT);
  logged.add_events()->mutable_assist_requested()->mutable_assist()->set_from("health");
  logged.add_events()->mutable_hand_down_refused()->set_organisation("forestry");
  DemandTally tally;
  tally.Add(logged, AskedTwice());
  tally.Add(Answered(2, AnswerAssistance::GIVE_UP), AskedTwice());

  v1::FoldCheckpoint checkpoint;
  for (v1::DemandCell& cell : tally.ToProto()) *checkpoint.add_demands() = std::move(cell);
  EXPECT_EQ(checkpoint.demands_size(), 3);
  EXPECT_EQ(DemandTally::FromProto(checkpoint.demands()), tally);
}

}  // namespace
}  // namespace onewindow
