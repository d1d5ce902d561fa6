#include "engine/casework/rights.h"

#include <gtest/gtest.h>

#include "engine/casework/counters.h"
#include "engine/catalog/catalogue.h"
#include "engine/organisation/organisation_index.h"
#include "tests/support/story/case_world.h"
#include "tests/support/story/small_county.h"

namespace onewindow {
namespace {

// The small county, and a second one on the same server with a window of its own.
OrganisationIndex TwoCounties() {
  OrganisationChart chart = SmallCountyChart();
  Organisation& county = *chart.add_organisations();
  county.set_id("other-county");
  county.set_kind(Organisation::COUNTY);
  county.set_name("邻县");
  county.set_division_code("510122000000");
  Organisation& hall = *chart.add_organisations();
  hall.set_id("other-hall");
  hall.set_kind(Organisation::HALL);
  hall.set_name("邻县政务大厅");
  hall.set_parent("other-county");
  Position& window = *chart.add_positions();
  window.set_id("other-window");
  window.set_organisation("other-hall");
  window.set_name("窗口");
  window.add_duties(RECEPTION);
  return OrganisationIndex::Build(std::move(chart)).value();
}

class RightsTest : public testing::Test {
 protected:
  RightsTest() { record_.set_intake("east-hall"); }

  Context ContextOf(std::string_view person, std::string_view position) {
    caller_.set_person(std::string(person));
    caller_.set_position(std::string(position));
    return {.now = now_,
            .at = now_,
            .caller = caller_,
            .catalogue = catalogue_,
            .organisation = organisation_,
            .counters = counters_};
  }

  static Reason ReasonOf(const std::optional<Rejection>& rejection) {
    return rejection ? rejection->reason : REASON_UNSPECIFIED;
  }

  Reason AtFrontDesk(std::string_view person, std::string_view position) {
    return ReasonOf(CheckFrontDesk(record_, "withdraw", ContextOf(person, position)));
  }

  CaseRecord record_;

 private:
  const Instant now_ = StartOf(MakeDate(2025, 10, 13), kBeijing);
  const OrganisationIndex organisation_ = TwoCounties();
  const Catalogue catalogue_;
  const Counters counters_;
  Caller caller_;
};

TEST_F(RightsTest, EveryFrontDeskOfTheCountyServesTheApplicant) {
  EXPECT_EQ(AtFrontDesk("li", "east-window"), REASON_UNSPECIFIED);
  EXPECT_EQ(AtFrontDesk("qian", "west-window"), REASON_UNSPECIFIED);
}

TEST_F(RightsTest, AFrontDeskOfAnotherCountyDoesNot) {
  EXPECT_EQ(AtFrontDesk("li", "other-window"), NOT_YOUR_DESK);
  EXPECT_EQ(AtFrontDesk("li", "unheard-of"), NOT_YOUR_DESK);
  record_.set_intake("dissolved");
  EXPECT_EQ(AtFrontDesk("li", "east-window"), NOT_YOUR_DESK);
}

TEST_F(RightsTest, APositionThatIsNoFrontDeskDoesNot) {
  EXPECT_EQ(AtFrontDesk("zhao", "east-chief"), DUTY_MISSING);
  EXPECT_EQ(AtFrontDesk("sun", "east-handler"), DUTY_MISSING);
  EXPECT_EQ(AtFrontDesk("you", "administrator"), DUTY_MISSING);
  const auto refused = CheckFrontDesk(record_, "withdraw", ContextOf("sun", "east-handler"));
  EXPECT_EQ(refused->allowed, std::vector<std::string>{"RECEPTION"});
}

TEST_F(RightsTest, AnImportIsServedWhereItsCaseWasTakenIn) {
  EXPECT_EQ(AtFrontDesk(kSystemPerson, ""), REASON_UNSPECIFIED);
  EXPECT_EQ(ServingWindow(record_, ContextOf(kSystemPerson, "")), "east-hall");
  EXPECT_EQ(ServingWindow(record_, ContextOf(kSystemPerson, "civil-handler")), "civil-affairs");
  EXPECT_EQ(ServingWindow(record_, ContextOf("qian", "west-window")), "west-hall");
}

TEST_F(RightsTest, AHelpersApplicantIsServedAtTheFrontDeskNearby) {
  EXPECT_EQ(ServingWindow(record_, ContextOf("lu", "west-helper")), "west-hall");
  // The county has no front desk of its own.
  EXPECT_EQ(ServingWindow(record_, ContextOf("chen", "civil-handler")), "east-hall");
  EXPECT_EQ(ServingWindow(CaseRecord(), ContextOf("chen", "civil-handler")), "");
}

TEST_F(RightsTest, OnlyTheSystemPassesForTheSystem) {
  EXPECT_EQ(ReasonOf(CheckSystem("fire_alarms", ContextOf(kSystemPerson, ""))), REASON_UNSPECIFIED);
  const auto refused = CheckSystem("fire_alarms", ContextOf("you", "administrator"));
  EXPECT_EQ(ReasonOf(refused), SYSTEM_ONLY);
  EXPECT_EQ(refused->text, "Expected fire_alarms from the system itself, but 'you' submits it");
  EXPECT_TRUE(refused->allowed.empty());
}

TEST(SystemOnlyTest, NobodyLearnsByFiringAlarmsWhetherACaseIsThere) {
  CaseWorld world(SmallCounty());
  world.WaitUntil(StartOf(MakeDate(2025, 10, 13), kBeijing));
  CaseWorld::Wish wish;
  wish.command.mutable_fire_alarms()->set_case_id(7);
  wish.caller.set_person("li");
  wish.caller.set_position("east-window");
  const Decision refused = world.Do(wish);
  ASSERT_TRUE(refused.rejected());
  EXPECT_EQ(refused.rejection().reason, SYSTEM_ONLY);
  wish.caller.set_person(std::string(kSystemPerson));
  const Decision asked = world.Do(wish);
  ASSERT_TRUE(asked.rejected());
  EXPECT_EQ(asked.rejection().reason, CASE_NOT_FOUND);
}

}  // namespace
}  // namespace onewindow
