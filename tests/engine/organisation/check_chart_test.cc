#include "engine/organisation/check_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/organisation/read_chart.h"
#include "tests/support/replaced.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kChart = R"(organisations:
- {id: jintang, number: 1, kind: county, name: 金堂县}
- {id: justice, number: 2, kind: department, name: 司法局, parent: jintang, function: justice}
- {id: zhaozhen, kind: township, name: 赵镇, parent: jintang, division_code: "510121001000"}
- {id: huaikou, kind: township, name: 淮口, parent: jintang, division_code: "510121006000"}
- {id: hall, kind: hall, name: 便民服务中心, parent: zhaozhen, function: reception}
- {id: station, kind: station, name: 司法所, parent: zhaozhen, superior: justice, function: law}
positions:
- {id: window, number: 1, organisation: hall, name: 窗口, duties: [reception, collection]}
- {id: clerk, number: 2, organisation: justice, name: 经办, duties: [handling]}
persons:
- {id: li, name: 李甲, home: justice, serving: hall}
- {id: wang, name: 王乙}
holdings:
- {person: li, position: window, from: 2026-01-01, until: 2026-06-30}
)";

// One fault put into the chart, and what is said of it.
struct Row {
  std::string_view from;
  std::string_view to;
  std::string_view said;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.to; }

std::vector<std::string> Lines(const Problems& problems) {
  std::vector<std::string> lines;
  for (const Problem& problem : problems) lines.push_back(FormatProblem(problem));
  return lines;
}

ChartDocument ReadWith(const Row& row) {
  return ReadChart({"chart.yaml", Replaced(std::string(kChart), row.from, row.to)});
}

TEST(CheckChartTest, GoodChartHasNoProblems) {
  auto document = ReadChart({"chart.yaml", kChart});
  EXPECT_THAT(Lines(document.errors), IsEmpty());
  EXPECT_THAT(Lines(document.warnings), IsEmpty());
  EXPECT_EQ(document.chart.organisations_size(), 6);
}

class ChartErrorTest : public testing::TestWithParam<Row> {};

TEST_P(ChartErrorTest, IsReportedWithItsPlace) {
  auto document = ReadWith(GetParam());
  EXPECT_FALSE(document.ok());
  EXPECT_THAT(Lines(document.errors), ElementsAre("chart.yaml:" + std::string(GetParam().said)));
  EXPECT_THAT(Lines(document.warnings), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ChartErrorTest,
    testing::Values(
        Row{"id: huaikou", "id: Huaikou",
            "5:8: expected 1 to 40 of a-z, 0-9 and '-', but found `Huaikou`"},
        Row{"id: huaikou", "id: zhaozhen", "5:8: `zhaozhen` stands twice among the organisations"},
        Row{"id: clerk", "id: window", "10:8: `window` stands twice among the positions"},
        Row{"id: wang", "id: li", "13:8: `li` stands twice among the persons"},
        Row{"number: 2, kind", "number: 1, kind", "3:25: number 1 belongs to `jintang` already"},
        Row{"number: 2, organisation", "number: 1, organisation",
            "10:23: number 1 belongs to `window` already"},
        Row{"name: 淮口, ", "", "5:3: a name is missing"},
        Row{"kind: township, name: 淮口", "name: 淮口", "5:3: a kind is missing"},
        Row{"name: 窗口, ", "", "9:3: a name is missing"},
        Row{"name: 王乙", "home: hall", "13:3: a name is missing"},
        Row{"name: 金堂县", "name: 金堂县, parent: zhaozhen", "2:61: a county has no parent"},
        Row{"parent: zhaozhen, function: reception", "parent: nowhere, function: reception",
            "6:48: there is no organisation `nowhere`"},
        Row{"name: 司法局, parent: jintang, ", "name: 司法局, ",
            "3:3: there is no organisation ``"},
        Row{"name: 淮口, parent: jintang", "name: 淮口, parent: huaikou",
            "5:51: `township` cannot stand under `huaikou` of kind `township`"},
        Row{"parent: zhaozhen, function: reception", "parent: station, function: reception",
            "6:48: `hall` cannot stand under `station` of kind `station`"},
        Row{"superior: justice", "superior: nowhere", "7:71: there is no organisation `nowhere`"},
        Row{"superior: justice", "superior: huaikou",
            "7:71: expected a department, but `huaikou` is of kind `township`"},
        Row{"function: law", "function: LAW",
            "7:90: expected 1 to 40 of a-z, 0-9 and '-', but found `LAW`"},
        Row{"kind: county", "kind: county, function: government",
            "2:52: the government of a county or township has no function of its own"},
        Row{"\"510121006000\"", "\"510121006\"", "5:75: expected 12 digits, but found `510121006`"},
        Row{"\"510121006000\"", "\"510121001001\"",
            "5:75: the division belongs to `zhaozhen` already"},
        Row{"organisation: hall", "organisation: nowhere",
            "9:41: there is no organisation `nowhere`"},
        Row{"home: justice", "home: nowhere", "12:28: there is no organisation `nowhere`"},
        Row{"serving: hall", "serving: nowhere", "12:46: there is no organisation `nowhere`"},
        Row{"person: li", "person: zhao", "15:12: there is no person `zhao`"},
        Row{"position: window", "position: door", "15:26: there is no position `door`"},
        Row{"from: 2026-01-01", "from: 2026-02-30",
            "15:40: expected a day like 2026-01-01, but found `2026-02-30`"},
        Row{"until: 2026-06-30", "until: soon",
            "15:59: expected a day like 2026-01-01, but found `soon`"},
        Row{"until: 2026-06-30", "until: 2025-06-30", "15:59: it ends before it begins"},
        Row{"kind: hall", "kind: hal",
            "6:20: expected `hall`, `county`, `office`, `station`, `village`, `township` or "
            "`department`, but found `hal`"},
        Row{"superior:", "superiour:", "7:61: unknown key `superiour`; did you mean `superior`?"}));

class ChartWarningTest : public testing::TestWithParam<Row> {};

TEST_P(ChartWarningTest, StopsNothing) {
  auto document = ReadWith(GetParam());
  EXPECT_TRUE(document.ok()) << FormatProblems(document.errors);
  EXPECT_THAT(Lines(document.warnings), ElementsAre("chart.yaml:" + std::string(GetParam().said)));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ChartWarningTest,
    testing::Values(
        Row{"function: justice", "credit_code: 11430304006177062D",
            "3:87: `11430304006177062D` fails the check of GB 32100"},
        Row{", division_code: \"510121006000\"", "",
            "5:3: without a division code no applicant's home is found here"},
        Row{"function: law", "function: reception", "7:90: `zhaozhen/reception` finds only `hall`"},
        Row{", duties: [handling]", "", "10:3: a position without a duty may do nothing"}));

TEST(CheckChartTest, AllProblemsAreListed) {
  std::string chart = Replaced(std::string(kChart), "person: li", "person: zhao");
  chart = Replaced(chart, "organisation: hall", "organisation: nowhere");
  EXPECT_THAT(Lines(ReadChart({"chart.yaml", chart}).errors),
              ElementsAre("chart.yaml:9:41: there is no organisation `nowhere`",
                          "chart.yaml:15:12: there is no person `zhao`"));
}

TEST(CheckChartTest, DutiesFromOutsideADocumentAreChecked) {
  auto chart = ReadChart({"chart.yaml", kChart}).chart;
  chart.mutable_positions(1)->add_duties(DUTY_UNSPECIFIED);
  auto errors = CheckChart(chart).errors;
  EXPECT_THAT(errors, ElementsAre(Finding{"positions[1].duties[1]", "a duty is missing"}));
}

TEST(CheckChartTest, NumbersThatAreNoKindAreErrors) {
  auto chart = ReadChart({"chart.yaml", kChart}).chart;
  chart.mutable_organisations(1)->set_kind(static_cast<Organisation::Kind>(99));
  chart.mutable_organisations(4)->set_parent("justice");
  EXPECT_THAT(CheckChart(chart).errors,
              ElementsAre(Finding{"organisations[1].kind", "a kind is missing"},
                          Finding{"organisations[4].parent",
                                  "`hall` cannot stand under `justice` of kind `99`"},
                          Finding{"organisations[5].superior",
                                  "expected a department, but `justice` is of kind `99`"}));
}

}  // namespace
}  // namespace onewindow
