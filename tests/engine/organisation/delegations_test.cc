#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/organisation/organisation_index.h"
#include "engine/organisation/read_chart.h"
#include "tests/support/replaced.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kChart = R"(organisations:
- {id: north, kind: county, name: 北县, division_code: "510121000000"}
- {id: justice, kind: department, name: 司法局, parent: north}
- {id: hill, kind: township, name: 山镇, parent: north, division_code: "510121001000"}
- {id: hall, kind: hall, name: 便民服务中心, parent: hill}
- {id: slope, kind: village, name: 坡村, parent: hill}
- {id: south, kind: county, name: 南县, division_code: "510122000000"}
- {id: lake, kind: township, name: 湖镇, parent: south, division_code: "510122001000"}
delegations:
- {item: stall, organ: justice, organisation: hill, from: 2025-02-01, until: 2025-03-31, basis: 一号}
- {item: stall, organ: north, organisation: hill, from: 2025-06-01, basis: 二号}
lists:
- {organisation: hill, items: [visit, survey]}
- {organisation: lake, items: [visit]}
)";

struct Row {
  std::string_view from;
  std::string_view to;
  std::string_view said;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.to; }

std::vector<std::string> ErrorsOf(const std::string& chart) {
  std::vector<std::string> lines;
  for (const Problem& problem : ReadChart({"chart.yaml", chart}).errors) {
    lines.push_back(FormatProblem(problem));
  }
  return lines;
}

TEST(CheckDelegationsTest, AGoodChartHasNoErrors) {
  EXPECT_THAT(ErrorsOf(std::string(kChart)), IsEmpty());
}

class DelegationErrorTest : public testing::TestWithParam<Row> {};

TEST_P(DelegationErrorTest, IsReportedWithItsPlace) {
  const Row& row = GetParam();
  EXPECT_THAT(ErrorsOf(Replaced(std::string(kChart), row.from, row.to)),
              ElementsAre("chart.yaml:" + std::string(row.said)));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DelegationErrorTest,
    testing::Values(
        Row{"item: stall, organ: justice", "item: Stall, organ: justice",
            "10:10: expected 1 to 40 of a-z, 0-9 and '-', but found `Stall`"},
        Row{"organ: justice", "organ: law", "10:24: there is no organisation `law`"},
        Row{"organ: justice", "organ: hall",
            "10:24: only a department or a county has power to delegate"},
        Row{"organ: justice, organisation: hill", "organ: justice, organisation: mill",
            "10:47: there is no organisation `mill`"},
        Row{"organ: justice, organisation: hill", "organ: justice, organisation: justice",
            "10:47: nobody delegates to himself"},
        Row{"organ: justice, organisation: hill", "organ: justice, organisation: north",
            "10:47: nothing is delegated to a county or to a village"},
        Row{"organ: justice, organisation: hill", "organ: justice, organisation: slope",
            "10:47: nothing is delegated to a county or to a village"},
        Row{"organ: justice, organisation: hill", "organ: justice, organisation: lake",
            "10:47: `lake` is of another county"},
        Row{"from: 2025-02-01", "from: 2025-02-30",
            "10:59: expected a day like 2026-01-01, but found `2025-02-30`"},
        Row{"until: 2025-03-31", "until: soon",
            "10:78: expected a day like 2026-01-01, but found `soon`"},
        Row{"until: 2025-03-31", "until: 2025-01-31", "10:78: it ends before it begins"},
        Row{", basis: 二号", "", "11:3: the paper that delegates is missing"},
        Row{"{organisation: lake, items", "{organisation: south, items",
            "14:18: expected a township, but found `south`"},
        Row{"{organisation: lake, items", "{organisation: hill, items",
            "14:18: `hill` has a list already"},
        Row{"[visit, survey]", "[visit, visit]", "13:39: `visit` stands twice on the list"},
        Row{"[visit, survey]", "[visit, Survey]",
            "13:39: expected 1 to 40 of a-z, 0-9 and '-', but found `Survey`"},
        Row{"510122000000", "510121999000", "7:54: the division belongs to `north` already"}));

class DelegationTest : public testing::Test {
 protected:
  // The paper of the delegation in force, or "" for none.
  std::string BasisOf(std::string_view organisation, std::string_view item, Date day) const {
    const Delegation* found = index_.DelegationOf(*index_.Find(organisation), item, day);
    return found == nullptr ? "" : found->basis();
  }

  OrganisationIndex index_ =
      OrganisationIndex::Build(ReadChart({"chart.yaml", kChart}).chart).value();
};

TEST_F(DelegationTest, IsInForceFromItsFirstDayToItsLast) {
  EXPECT_EQ(BasisOf("hill", "stall", MakeDate(2025, 1, 31)), "");
  EXPECT_EQ(BasisOf("hill", "stall", MakeDate(2025, 2, 1)), "一号");
  EXPECT_EQ(BasisOf("hill", "stall", MakeDate(2025, 3, 31)), "一号");
  EXPECT_EQ(BasisOf("hill", "stall", MakeDate(2025, 4, 1)), "");
  EXPECT_EQ(BasisOf("hill", "stall", MakeDate(2035, 4, 1)), "二号");
}

TEST_F(DelegationTest, IsExercisedByTheTownshipsOfficesForItsItemOnly) {
  EXPECT_EQ(BasisOf("hall", "stall", MakeDate(2025, 2, 1)), "一号");
  // A village is no office of government.
  EXPECT_EQ(BasisOf("slope", "stall", MakeDate(2025, 2, 1)), "");
  EXPECT_EQ(BasisOf("hill", "visit", MakeDate(2025, 2, 1)), "");
  EXPECT_EQ(BasisOf("lake", "stall", MakeDate(2025, 2, 1)), "");
  EXPECT_EQ(BasisOf("north", "stall", MakeDate(2025, 2, 1)), "");
}

TEST_F(DelegationTest, AListIsOfOneTownship) {
  EXPECT_TRUE(index_.IsListed(*index_.Find("hill"), "survey"));
  EXPECT_FALSE(index_.IsListed(*index_.Find("lake"), "survey"));
  EXPECT_FALSE(index_.IsListed(*index_.Find("hill"), "stall"));
}

}  // namespace
}  // namespace onewindow
