#include "engine/casework/disclosure.h"

#include <gtest/gtest.h>

#include "tests/support/story/small_county.h"

namespace onewindow {
namespace {

// East's hall took it in, the forestry department decides, west's hall hands the result out.
class DisclosureTest : public testing::Test {
 protected:
  DisclosureTest() {
    record_.set_intake("east-hall");
    record_.set_deciding("forestry");
    record_.set_delivery_point("west-hall");
  }

  bool MayRead(std::string_view position) const {
    return MayReadPersonal(record_, position, organisation_);
  }

  // The small county with one more position, of the duties that it is asked about.
  bool MayRead(std::string_view organisation, std::initializer_list<Duty> duties) const {
    OrganisationChart chart = SmallCountyChart();
    Position& position = *chart.add_positions();
    position.set_id("extra");
    position.set_organisation(std::string(organisation));
    position.set_name("岗位");
    for (Duty duty : duties) position.add_duties(duty);
    const OrganisationIndex index = OrganisationIndex::Build(std::move(chart)).value();
    return MayReadPersonal(record_, "extra", index);
  }

  void OpenTask(std::string_view organisation, std::string_view from) {
    Task& task = *record_.add_tasks();
    task.set_organisation(std::string(organisation));
    task.set_from(std::string(from));
  }

  CaseRecord record_;
  const OrganisationIndex organisation_ = SmallCounty();
};

TEST_F(DisclosureTest, WhoTookItInDecidesOrHandsItOutMayRead) {
  EXPECT_TRUE(MayRead("east-window"));
  EXPECT_TRUE(MayRead("forestry-handler"));
  EXPECT_TRUE(MayRead("west-window"));
}

TEST_F(DisclosureTest, OthersOfTheCountyMayNot) {
  EXPECT_FALSE(MayRead("civil-handler"));
  EXPECT_FALSE(MayRead("police-handler"));
  EXPECT_FALSE(MayRead("police-system"));
}

TEST_F(DisclosureTest, AnUnknownPositionMayNot) {
  EXPECT_FALSE(MayRead("unheard-of"));
  EXPECT_FALSE(MayRead(""));
}

TEST_F(DisclosureTest, WhereAnOpenTaskLiesOrComesFromMayReadWhileItIsOpen) {
  OpenTask("police", "civil-affairs");
  EXPECT_TRUE(MayRead("police-handler"));
  EXPECT_TRUE(MayRead("police-system"));
  EXPECT_TRUE(MayRead("civil-handler"));
  record_.clear_tasks();
  EXPECT_FALSE(MayRead("police-handler"));
  EXPECT_FALSE(MayRead("civil-handler"));
}

TEST_F(DisclosureTest, EachDutyWithCasesIsEnoughAndNoOtherIs) {
  for (Duty duty : {RECEPTION, HANDLING, DECISION, APPROVAL, COLLECTION, SYSTEM}) {
    EXPECT_TRUE(MayRead("forestry", {duty})) << Duty_Name(duty);
  }
  EXPECT_FALSE(MayRead("forestry", {SUPERVISION}));
  EXPECT_FALSE(MayRead("forestry", {ADMINISTRATION}));
  EXPECT_FALSE(MayRead("forestry", {SUPERVISION, ADMINISTRATION}));
  EXPECT_TRUE(MayRead("forestry", {SUPERVISION, HANDLING}));
}

TEST_F(DisclosureTest, WhoIsOverOneThatTakesPartMayRead) {
  record_.set_delivery_point("east-hall");
  EXPECT_TRUE(MayRead("county", {APPROVAL}));
  EXPECT_TRUE(MayRead("east", {APPROVAL}));
  EXPECT_FALSE(MayRead("west", {APPROVAL}));
}

TEST_F(DisclosureTest, WhoProtectsTheCountysDataMayReadAnyCaseOfIt) {
  EXPECT_TRUE(MayRead("data-officer"));
  EXPECT_TRUE(MayRead("police", {DATA_PROTECTION}));
  record_.set_intake("dissolved");
  EXPECT_FALSE(MayRead("data-officer"));
}

TEST_F(DisclosureTest, AnOfficeBesideTheHallThatTakesPartMayNot) {
  EXPECT_FALSE(MayRead("east-handler"));
}

TEST_F(DisclosureTest, WhereTheTownshipItselfTakesPartAllItsOfficesMayRead) {
  record_.set_delivery_point("forestry");
  record_.set_intake("east");
  EXPECT_TRUE(MayRead("east-window"));
  EXPECT_TRUE(MayRead("east-handler"));
  EXPECT_FALSE(MayRead("west-window"));
}

TEST_F(DisclosureTest, TheCountyIsNotOneHouse) {
  record_.set_deciding("county");
  EXPECT_FALSE(MayRead("police-handler"));
}

TEST_F(DisclosureTest, AnOrganisationThatIsNoMoreLetsNobodyIn) {
  record_.set_deciding("dissolved");
  EXPECT_FALSE(MayRead("police-handler"));
  EXPECT_TRUE(MayRead("east-window"));
}

// Taken in by the south, decided by the north, where the applicant is registered.
TEST(MaySeeCaseTest, OnlyCountiesThatTakePartKnowOfACase) {
  const OrganisationIndex chart = OrganisationIndex::Build(TwoCountiesChart()).value();
  CaseRecord record;
  record.set_intake("lake-hall");
  record.set_delivery_point("lake-hall");
  record.set_deciding("south-civil");
  EXPECT_TRUE(MaySeeCase(record, "lake-window", chart));
  EXPECT_TRUE(MaySeeCase(record, "south-supervisor", chart));
  EXPECT_FALSE(MaySeeCase(record, "north-supervisor", chart));
  EXPECT_FALSE(MaySeeCase(record, "unheard-of", chart));

  record.add_tasks()->set_organisation("hill-civil");
  EXPECT_TRUE(MaySeeCase(record, "north-supervisor", chart));
  record.clear_tasks();
  record.set_deciding("north-civil");
  EXPECT_TRUE(MaySeeCase(record, "mill-window", chart));
}

}  // namespace
}  // namespace onewindow
