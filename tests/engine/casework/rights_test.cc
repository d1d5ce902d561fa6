#include "engine/casework/rights.h"

#include <gtest/gtest.h>

#include "engine/casework/counters.h"
#include "engine/catalog/catalogue.h"
#include "engine/organisation/organisation_index.h"
#include "tests/support/story/case_world.h"
#include "tests/support/story/small_county.h"

namespace onewindow {
namespace {

class RightsTest : public testing::Test {
 protected:
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

 private:
  const Instant now_ = StartOf(MakeDate(2025, 10, 13), kBeijing);
  const OrganisationIndex organisation_ = SmallCounty();
  const Catalogue catalogue_;
  const Counters counters_;
  Caller caller_;
};

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
