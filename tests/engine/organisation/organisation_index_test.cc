#include "engine/organisation/organisation_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/organisation/read_chart.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kChart = R"(organisations:
- {id: jintang, number: 1, kind: county, name: 金堂县, division_code: "510121000000"}
- {id: health, number: 2, kind: department, name: 卫健局, parent: jintang, function: health}
- {id: licences, kind: office, name: 审批科, parent: health, function: health-licences}
- {id: zhaozhen, kind: township, name: 赵镇, parent: jintang, division_code: "510121001000"}
- {id: zhaozhen-hall, kind: hall, name: 便民服务中心, parent: zhaozhen, function: reception}
- {id: zhaozhen-health, kind: office, name: 卫健办, parent: zhaozhen, function: health}
- {id: zhaodu, kind: village, name: 赵渡社区, parent: zhaozhen, division_code: "510121001021"}
- {id: huaikou, kind: township, name: 淮口, parent: jintang, division_code: "510121006000"}
- {id: pingyi, kind: county, name: 平邑县}
positions:
- {id: window, number: 7, organisation: zhaozhen-hall, name: 窗口, duties: [reception, collection]}
- {id: chief, number: 8, organisation: zhaozhen-hall, name: 主任, duties: [decision, approval]}
persons:
- {id: li, name: 李甲}
holdings:
- {person: li, position: window, from: 2026-01-05, until: 2026-03-31}
- {person: li, position: window, from: 2026-07-01}
)";

class OrganisationIndexTest : public testing::Test {
 protected:
  static OrganisationIndex Build() {
    auto index = OrganisationIndex::Build(ReadChart({"chart.yaml", kChart}).chart);
    return std::move(index).value();
  }

  const Organisation& Get(std::string_view id) const { return *index_.Find(id); }

  // The id of who performs, or "" for nobody.
  std::string Resolve(Performer::Place place, const std::string& function,
                      const CasePlaces& places) const {
    Performer performer;
    performer.set_place(place);
    performer.set_organisation(function);
    const Organisation* found = index_.Resolve(performer, places);
    return found ? found->id() : "";
  }

  OrganisationIndex index_ = Build();
};

TEST_F(OrganisationIndexTest, FindsById) {
  EXPECT_EQ(index_.Find("health")->name(), "卫健局");
  EXPECT_EQ(index_.FindPosition("chief")->name(), "主任");
  EXPECT_EQ(index_.FindPerson("li")->name(), "李甲");
  EXPECT_EQ(index_.Find("nowhere"), nullptr);
  EXPECT_EQ(index_.FindPosition("nobody"), nullptr);
  EXPECT_EQ(index_.FindPerson("nobody"), nullptr);
}

TEST_F(OrganisationIndexTest, FindsByNumberButNeverByZero) {
  EXPECT_EQ(index_.Find(OrganisationNumber{2}), index_.Find("health"));
  EXPECT_EQ(index_.FindPosition(PositionNumber{8}), index_.FindPosition("chief"));
  EXPECT_EQ(index_.Find(OrganisationNumber{0}), nullptr);
  EXPECT_EQ(index_.FindPosition(PositionNumber{9}), nullptr);
}

TEST_F(OrganisationIndexTest, StaysWholeWhenMoved) {
  OrganisationIndex moved = std::move(index_);
  EXPECT_EQ(moved.TownshipOf(*moved.Find("zhaozhen-hall")), moved.Find("zhaozhen"));
}

TEST_F(OrganisationIndexTest, HoldsFromTheFirstDayToTheLast) {
  EXPECT_FALSE(index_.Holds("li", "window", MakeDate(2026, 1, 4)));
  EXPECT_TRUE(index_.Holds("li", "window", MakeDate(2026, 1, 5)));
  EXPECT_TRUE(index_.Holds("li", "window", MakeDate(2026, 3, 31)));
  EXPECT_FALSE(index_.Holds("li", "window", MakeDate(2026, 4, 1)));
  EXPECT_TRUE(index_.Holds("li", "window", MakeDate(2036, 1, 1)));
  EXPECT_FALSE(index_.Holds("li", "chief", MakeDate(2026, 1, 5)));
  EXPECT_FALSE(index_.Holds("wang", "window", MakeDate(2026, 1, 5)));
}

TEST_F(OrganisationIndexTest, PositionsOfAnOrganisation) {
  const Position* window = index_.FindPosition("window");
  const Position* chief = index_.FindPosition("chief");
  EXPECT_THAT(index_.PositionsOf("zhaozhen-hall"), ElementsAre(window, chief));
  EXPECT_THAT(index_.PositionsWithDuty("zhaozhen-hall", APPROVAL), ElementsAre(chief));
  EXPECT_THAT(index_.PositionsWithDuty("zhaozhen-hall", HANDLING), IsEmpty());
  EXPECT_THAT(index_.PositionsOf("nowhere"), IsEmpty());
}

TEST_F(OrganisationIndexTest, KnowsWhereAnOrganisationStands) {
  EXPECT_EQ(index_.ParentOf(Get("zhaodu")), &Get("zhaozhen"));
  EXPECT_EQ(index_.ParentOf(Get("jintang")), nullptr);
  EXPECT_EQ(index_.CountyOf(Get("zhaodu")), &Get("jintang"));
  EXPECT_EQ(index_.CountyOf(Get("pingyi")), &Get("pingyi"));
  EXPECT_EQ(index_.TownshipOf(Get("zhaozhen")), &Get("zhaozhen"));
  EXPECT_EQ(index_.TownshipOf(Get("zhaozhen-health")), &Get("zhaozhen"));
  EXPECT_EQ(index_.TownshipOf(Get("licences")), nullptr);
  EXPECT_TRUE(index_.IsWithin(Get("licences"), Get("health")));
  EXPECT_TRUE(index_.IsWithin(Get("health"), Get("health")));
  EXPECT_FALSE(index_.IsWithin(Get("health"), Get("licences")));
  EXPECT_FALSE(index_.IsWithin(Get("zhaozhen"), Get("huaikou")));
}

TEST_F(OrganisationIndexTest, LevelIsThatOfTheGovernmentItBelongsTo) {
  EXPECT_EQ(index_.LevelOf(Get("jintang")), ServiceItem::COUNTY_LEVEL);
  EXPECT_EQ(index_.LevelOf(Get("licences")), ServiceItem::COUNTY_LEVEL);
  EXPECT_EQ(index_.LevelOf(Get("zhaozhen")), ServiceItem::TOWNSHIP_LEVEL);
  EXPECT_EQ(index_.LevelOf(Get("zhaozhen-hall")), ServiceItem::TOWNSHIP_LEVEL);
  EXPECT_EQ(index_.LevelOf(Get("zhaodu")), ServiceItem::VILLAGE_LEVEL);
}

TEST_F(OrganisationIndexTest, PerformersAreFoundByFunctionAtTheirPlace) {
  CasePlaces places{.intake = Get("zhaozhen-hall")};
  EXPECT_EQ(Resolve(Performer::COUNTY_OF_INTAKE, "health", places), "health");
  EXPECT_EQ(Resolve(Performer::COUNTY_OF_INTAKE, "health-licences", places), "licences");
  EXPECT_EQ(Resolve(Performer::TOWNSHIP_OF_INTAKE, "health", places), "zhaozhen-health");
  EXPECT_EQ(Resolve(Performer::NAMED, "huaikou", places), "huaikou");
  EXPECT_EQ(Resolve(Performer::NAMED, "nowhere", places), "");
}

TEST_F(OrganisationIndexTest, WithoutAFunctionTheGovernmentPerforms) {
  CasePlaces places{.intake = Get("zhaozhen-hall")};
  EXPECT_EQ(Resolve(Performer::COUNTY_OF_INTAKE, "", places), "jintang");
  EXPECT_EQ(Resolve(Performer::TOWNSHIP_OF_INTAKE, "", places), "zhaozhen");
}

TEST_F(OrganisationIndexTest, ATownshipsOwnAreNeverFoundForTheCounty) {
  CasePlaces places{.intake = Get("zhaozhen-hall")};
  EXPECT_EQ(Resolve(Performer::COUNTY_OF_INTAKE, "reception", places), "");
  EXPECT_EQ(Resolve(Performer::TOWNSHIP_OF_INTAKE, "health-licences", places), "");
}

TEST_F(OrganisationIndexTest, ACountysDeskHasNoTownshipOfIntake) {
  CasePlaces places{.intake = Get("health")};
  EXPECT_EQ(Resolve(Performer::COUNTY_OF_INTAKE, "health", places), "health");
  EXPECT_EQ(Resolve(Performer::TOWNSHIP_OF_INTAKE, "", places), "");
}

TEST_F(OrganisationIndexTest, HomeIsFoundByTheFirstNineDigits) {
  CasePlaces places{.intake = Get("huaikou"),
                    .registered_division = "510121001021",
                    .residence_division = "510121006"};
  EXPECT_EQ(Resolve(Performer::TOWNSHIP_OF_REGISTRATION, "health", places), "zhaozhen-health");
  EXPECT_EQ(Resolve(Performer::TOWNSHIP_OF_RESIDENCE, "", places), "huaikou");
  EXPECT_EQ(Resolve(Performer::TOWNSHIP_OF_RESIDENCE, "health", places), "");
}

TEST_F(OrganisationIndexTest, TheCountyOfAHomeIsFoundByTheFirstSixDigits) {
  CasePlaces places{.intake = Get("huaikou"),
                    .registered_division = "510121",
                    .residence_division = "510122001000"};
  EXPECT_EQ(Resolve(Performer::COUNTY_OF_REGISTRATION, "health", places), "health");
  EXPECT_EQ(Resolve(Performer::COUNTY_OF_REGISTRATION, "", places), "jintang");
  EXPECT_EQ(Resolve(Performer::COUNTY_OF_RESIDENCE, "", places), "");
}

TEST_F(OrganisationIndexTest, HomesOutsideTheChartAreNobodys) {
  CasePlaces places{.intake = Get("huaikou"),
                    .registered_division = "510122001000",
                    .residence_division = "510121"};
  EXPECT_EQ(Resolve(Performer::TOWNSHIP_OF_REGISTRATION, "", places), "");
  EXPECT_EQ(Resolve(Performer::TOWNSHIP_OF_RESIDENCE, "", places), "");
}

TEST(OrganisationIndexBuildTest, RefusesAChartWithErrors) {
  OrganisationChart chart;
  chart.add_organisations()->set_id("jintang");
  auto index = OrganisationIndex::Build(chart);
  ASSERT_FALSE(index.ok());
  EXPECT_EQ(index.fault().kind, FaultKind::kInvalid);
  EXPECT_EQ(index.fault().message,
            "organisations[0].name: a name is missing\norganisations[0].kind: a kind is missing");
}

}  // namespace
}  // namespace onewindow
