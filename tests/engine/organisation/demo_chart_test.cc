#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "engine/catalog/performer_text.h"
#include "engine/organisation/organisation_index.h"
#include "engine/organisation/read_chart.h"

namespace onewindow {
namespace {

using testing::IsEmpty;
using testing::Not;

ChartDocument ReadDemoChart() {
  std::ifstream stream(ONEWINDOW_SOURCE_DIR "/deploy/demo-county/organisation.yaml");
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  return ReadChart({"organisation.yaml", text});
}

class DemoChartTest : public testing::Test {
 protected:
  static OrganisationIndex Build() {
    auto index = OrganisationIndex::Build(ReadDemoChart().chart);
    return std::move(index).value();
  }

  std::vector<const Organisation*> Townships() const {
    std::vector<const Organisation*> townships;
    for (const Organisation& organisation : index_.chart().organisations()) {
      if (organisation.kind() == Organisation::TOWNSHIP) townships.push_back(&organisation);
    }
    return townships;
  }

  std::string Resolve(std::string_view performer, const Organisation& intake) const {
    auto found = index_.Resolve(ReadPerformer(performer).value(), {.intake = intake});
    return found ? found->id() : "";
  }

  OrganisationIndex index_ = Build();
};

TEST(DemoChartDocumentTest, HasNoErrorsAndNoWarnings) {
  auto document = ReadDemoChart();
  EXPECT_EQ(FormatProblems(document.errors), "");
  EXPECT_EQ(FormatProblems(document.warnings), "");
}

TEST_F(DemoChartTest, HasThe16TownsOfJintang) {
  EXPECT_EQ(Townships().size(), 16u);
  EXPECT_EQ(index_.TownshipOfDivision("510121119000")->id(), "youxin");
  EXPECT_EQ(index_.TownshipOfDivision("510121001015")->id(), "zhaozhen");
}

TEST_F(DemoChartTest, EveryTownHasWhatTheItemsAskFor) {
  for (const Organisation* township : Townships()) {
    for (const char* function :
         {"reception", "civil-affairs", "health", "law-enforcement", "police", "forestry"}) {
      std::string id = Resolve(std::string("intake/") + function, *township);
      EXPECT_NE(id, "") << township->id() << " " << function;
      EXPECT_EQ(index_.TownshipOf(*index_.Find(id)), township);
    }
    std::string hall = Resolve("intake/reception", *township);
    EXPECT_EQ(index_.PositionsWithDuty(hall, RECEPTION).size(), 2u) << hall;
    EXPECT_EQ(index_.PositionsWithDuty(hall, COLLECTION).size(), 2u) << hall;
  }
}

TEST_F(DemoChartTest, CountyDepartmentsAreFoundFromEveryTown) {
  for (const Organisation* township : Townships()) {
    EXPECT_EQ(Resolve("county/civil-affairs", *township), "jintang-civil-affairs");
    EXPECT_EQ(Resolve("county/health", *township), "jintang-health");
    EXPECT_EQ(Resolve("county/reception", *township), "jintang-hall");
  }
}

TEST_F(DemoChartTest, WhoHandlesAlsoHasSomebodyWhoDecides) {
  for (const Organisation& organisation : index_.chart().organisations()) {
    if (index_.PositionsWithDuty(organisation.id(), HANDLING).empty()) continue;
    EXPECT_THAT(index_.PositionsWithDuty(organisation.id(), DECISION), Not(IsEmpty()))
        << organisation.id();
    EXPECT_THAT(index_.PositionsWithDuty(organisation.id(), APPROVAL), Not(IsEmpty()))
        << organisation.id();
  }
}

TEST_F(DemoChartTest, EveryPositionIsHeld) {
  for (const Position& position : index_.chart().positions()) {
    bool is_held = false;
    for (const Person& person : index_.chart().persons()) {
      is_held = is_held || index_.Holds(person.id(), position.id(), MakeDate(2026, 1, 5));
    }
    EXPECT_TRUE(is_held) << position.id();
  }
}

TEST_F(DemoChartTest, SomebodySupervisesAndSomebodyAdministers) {
  EXPECT_THAT(index_.PositionsWithDuty("jintang-service-bureau", SUPERVISION), Not(IsEmpty()));
  EXPECT_THAT(index_.PositionsWithDuty("jintang-service-bureau", ADMINISTRATION), Not(IsEmpty()));
}

}  // namespace
}  // namespace onewindow
