#include "engine/catalog/check_item.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/catalog/defaults.h"
#include "engine/catalog/read_item.h"
#include "tests/support/replaced.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kOwn = R"(id: relief
name: 救助
kind: benefit
regime: own
minimum_level: county_level
handling: within_limit
statutory_limit: {amount: 30, unit: working_days, basis: 办法第九条}
promised_limit: 9 working_days
extension:
  cap: {amount: 5, unit: working_days, basis: 办法第十条}
materials:
- {id: form, name: 申请表}
- {id: card, name: 身份证}
route:
  legs:
  - branches:
    - lead: true
      steps:
      - {id: review, name: 审核, kind: handle, performer: intake/civil-affairs, limit: 4 working_days}
    - steps:
      - {id: visit, name: 核查, kind: site_check, performer: intake/health, limit: 3 working_days}
  - branches:
    - steps:
      - {id: notice, name: 公示, kind: public_notice, performer: intake, limit: 5 calendar_days,
         counting: uncounted}
      - {id: decision, name: 审批, kind: decide, performer: county/civil-affairs,
         limit: 5 working_days}
special_procedures:
- {kind: publicity, basis: 办法第十一条}
- {kind: appraisal, limit: 9 working_days, basis: 办法第十二条}
delivery: [at_window, by_courier]
thresholds:
  cards:
  - {colour: yellow, clock: step, days_left: 1}
  - {colour: red, clock: promised, percent_used: 100}
)";

constexpr std::string_view kLicence = R"(id: felling
name: 采伐
kind: licence
regime: licensing
minimum_level: county_level
handling: within_limit
intake_limit: 5 working_days
statutory_limit: {amount: 20, unit: working_days, basis: 行政许可法第四十二条}
delivery_limit: 10 working_days
extension:
  cap: {amount: 10, unit: working_days, basis: 行政许可法第四十二条}
route:
  legs:
  - branches:
    - steps:
      - {id: decision, name: 决定, kind: decide, performer: county/forestry}
special_procedures:
- {kind: hearing}
delivery: [at_window]
)";

// One fault put into a good item, and what is said of it.
struct Row {
  std::string_view from;
  std::string_view to;
  std::string_view said;  // "line:column: message"
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.from << " -> " << row.to; }

std::vector<std::string> Lines(const Problems& problems) {
  std::vector<std::string> lines;
  for (const Problem& problem : problems) lines.push_back(FormatProblem(problem));
  return lines;
}

ItemDocument ReadWith(std::string_view item, const Row& row) {
  return ReadItem({"item.yaml", Replaced(std::string(item), row.from, row.to)});
}

std::string Line(const Row& row) { return "item.yaml:" + std::string(row.said); }

TEST(CheckItemTest, ALicencesSilenceIsAcceptanceAndASupplementLapses) {
  const ServiceItem licence = ReadItem({"item.yaml", std::string(kLicence)}).item;
  EXPECT_EQ(licence.intake_limit().silence(), DEEMED_ACCEPTED);
  EXPECT_EQ(licence.intake_limit().basis(), "行政许可法第三十二条");
  const ServiceItem own = ReadWith(kOwn, {.from = "promised_limit: 9 working_days",
                                          .to = "promised_limit: 9 working_days\n"
                                                "supplement_limit: 10 working_days",
                                          .said = ""})
                              .item;
  EXPECT_EQ(own.supplement_limit().silence(), LAPSES);
  EXPECT_EQ(own.intake_limit().silence(), SILENCE_UNSPECIFIED);
}

TEST(CheckItemTest, GoodItemsHaveNoProblems) {
  for (std::string_view text : {kOwn, kLicence}) {
    auto document = ReadItem({"item.yaml", text});
    EXPECT_THAT(Lines(document.errors), IsEmpty());
    EXPECT_THAT(Lines(document.warnings), IsEmpty());
  }
}

class ItemErrorTest : public testing::TestWithParam<Row> {};

TEST_P(ItemErrorTest, IsReportedWithItsPlace) {
  auto document = ReadWith(kOwn, GetParam());
  EXPECT_FALSE(document.ok());
  EXPECT_THAT(Lines(document.errors), ElementsAre(Line(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(
    Head, ItemErrorTest,
    testing::Values(
        Row{"id: relief\n", "", "1:1: expected 1 to 40 of a-z, 0-9 and '-', but found ``"},
        Row{"id: relief", "id: Relief",
            "1:5: expected 1 to 40 of a-z, 0-9 and '-', but found `Relief`"},
        Row{"name: 救助\n", "", "1:1: a name is missing"},
        Row{"kind: benefit\n", "", "1:1: a kind is missing"},
        Row{"regime: own\n", "", "1:1: expected `licensing` or `own`: which law gives the limits"},
        Row{"minimum_level: county_level\n", "",
            "1:1: the lowest level that may decide is missing"},
        Row{"handling: within_limit\n", "",
            "1:1: the handling is missing: expected `instant` or `within_limit`, which needs a "
            "route"},
        Row{"regime: own", "calendar: China\nregime: own",
            "4:11: expected 1 to 40 of a-z, 0-9 and '-', but found `China`"},
        Row{"id: card", "id: form", "13:8: `form` stands twice among the materials"},
        Row{"id: card", "id: 身份证",
            "13:8: expected 1 to 40 of a-z, 0-9 and '-', but found `身份证`"},
        Row{", name: 身份证", "", "13:3: a name is missing"},
        Row{"delivery: [at_window, by_courier]\n", "",
            "1:1: the ways in which the result is delivered are missing"},
        Row{"by_courier", "at_window", "31:23: it stands twice"},
        Row{"kind: appraisal", "kind: publicity", "30:10: it stands twice"},
        Row{"{kind: appraisal, ", "{", "30:3: a kind is missing"},
        Row{"promised_limit:", "promise_limit:",
            "8:1: unknown key `promise_limit`; did you mean `promised_limit`?"}));

INSTANTIATE_TEST_SUITE_P(
    Limits, ItemErrorTest,
    testing::Values(Row{"promised_limit: 9 working_days", "promised_limit: nine days",
                        "8:17: expected a limit such as `20 working_days`, `7 calendar_days` or "
                        "`8 service_hours`, but found `nine days`"},
                    Row{"promised_limit: 9 working_days", "promised_limit: {amount: 9}",
                        "8:17: a limit is missing, such as `20 working_days`"},
                    Row{"promised_limit: 9 working_days",
                        "promised_limit: {unit: until, until: 2026-01-01T00:00:00Z}",
                        "8:17: an item's limit cannot be an instant"},
                    Row{"promised_limit: 9 working_days",
                        "promised_limit: {amount: 9, unit: working_days, silence: lapses}",
                        "8:58: this limit cannot bring that about when it passes"},
                    Row{"promised_limit: 9 working_days",
                        "promised_limit: 9 working_days\n"
                        "intake_limit: {amount: 3, unit: working_days, silence: deemed_accepted}",
                        "9:15: the rule that makes silence count is missing (`basis`)"},
                    Row{"basis: 办法第九条}", "basis: 办法第九条, silence: deemed_accepted}",
                        "7:74: this limit cannot bring that about when it passes"},
                    Row{"promised_limit: 9 working_days", "promised_limit: 10001 working_days",
                        "8:17: expected at most 10000, but found 10001"},
                    Row{"promised_limit: 9 working_days", "promised_limit: 0 service_hours",
                        "8:17: expected at least 1; only working days may be 0, the same day"},
                    Row{"promised_limit: 9 working_days",
                        "promised_limit: 9 working_days\nintake_limit: 0 calendar_days",
                        "9:15: expected at least 1; only working days may be 0, the same day"},
                    Row{"promised_limit: 9 working_days",
                        "promised_limit: 9 working_days\nsupplement_limit: 0 calendar_days",
                        "9:19: expected at least 1; only working days may be 0, the same day"},
                    Row{"promised_limit: 9 working_days",
                        "promised_limit: 9 working_days\ndelivery_limit: 0 calendar_days",
                        "9:17: expected at least 1; only working days may be 0, the same day"},
                    Row{"limit: 9 working_days, basis: 办法第十二条",
                        "limit: 0 calendar_days, basis: 无",
                        "30:28: expected at least 1; only working days may be 0, the same day"},
                    Row{"limit: 4 working_days", "limit: 0 service_hours",
                        "19:86: expected at least 1; only working days may be 0, the same day"},
                    Row{"  cap: {amount: 5, unit: working_days, basis: 办法第十条}",
                        "  cap: {amount: 5, basis: 办法第十条}",
                        "10:8: a limit is missing, such as `20 working_days`"},
                    Row{"  cap: {amount: 5, unit: working_days",
                        "  cap: {amount: 5, unit: calendar_days",
                        "10:8: its unit is not that of the limit that it extends"},
                    Row{"statutory_limit: {amount: 30, unit: working_days, basis: 办法第九条}\n"
                        "promised_limit: 9 working_days\n",
                        "", "8:3: there is no statutory or promised limit to extend"}));

INSTANTIATE_TEST_SUITE_P(
    Route, ItemErrorTest,
    testing::Values(
        Row{"    - lead: true\n", "    - lead: false\n",
            "16:5: expected exactly one branch with `lead: true`, but found 0"},
        Row{"    - steps:\n      - {id: visit",
            "    - lead: true\n      steps:\n      - {id: visit",
            "16:5: expected exactly one branch with `lead: true`, but found 2"},
        Row{"  legs:\n", "  legs:\n  - branches: []\n", "16:5: a leg has at least one branch"},
        Row{"  - branches:\n    - steps:\n      - {id: notice",
            "  - branches:\n    - steps: []\n  - branches:\n    - steps:\n      - {id: notice",
            "23:7: a branch has at least one step"},
        Row{"id: visit", "id: review", "21:14: `review` stands twice on the route"},
        Row{"id: visit", "id: Visit",
            "21:14: expected 1 to 40 of a-z, 0-9 and '-', but found `Visit`"},
        Row{"name: 核查, ", "", "21:9: a name is missing"},
        Row{"kind: site_check, ", "", "21:9: a kind is missing"},
        Row{"performer: intake/health, ", "", "21:9: who performs the step is missing"},
        Row{"performer: intake/health", "performer: {place: named}",
            "21:60: expected 1 to 40 of a-z, 0-9 and '-', but found ``"},
        Row{"performer: intake/health", "performer: town/health",
            "21:60: expected a performer such as `county/civil-affairs`, `intake/reception`, "
            "`registration/civil-affairs`, `residence/civil-affairs`, "
            "`registration-county/civil-affairs`, `residence-county/civil-affairs` or "
            "`@zhaozhen`, but found `town/health`"},
        Row{"performer: intake/health", "duty: decision, performer: intake/health",
            "21:55: a site check takes the duty `handling`"},
        Row{"kind: decide", "duty: handling, kind: decide",
            "26:40: a decision takes the duty `decision`"},
        Row{"kind: handle", "duty: supervision, kind: handle",
            "19:38: expected `handling`, `reception`, `decision` or `approval`"},
        Row{"kind: handle", "counting: counted, kind: handle",
            "19:42: only a public notice is counted or not"},
        Row{", limit: 5 calendar_days", "",
            "24:9: a public notice needs a limit: how long it stands at least"},
        Row{"limit: 5 calendar_days", "limit: 0 working_days",
            "24:79: a public notice stands for at least 1 day or hour"},
        Row{"kind: publicity, basis: 办法第十一条", "kind: hearing, basis: 办法第十一条",
            "25:20: an uncounted notice needs `publicity` with its `basis` among the "
            "special_procedures"},
        Row{"kind: publicity, basis: 办法第十一条", "kind: publicity",
            "25:20: an uncounted notice needs `publicity` with its `basis` among the "
            "special_procedures"},
        Row{"kind: decide", "kind: handle",
            "26:40: the last step of the route is the one to `decide`"},
        Row{"kind: handle", "kind: decide", "19:38: only the last step of the route may `decide`"},
        Row{"special_procedures:",
            "    - lead: true\n      steps:\n"
            "      - {id: other, name: 另批, kind: decide, performer: county}\n"
            "special_procedures:",
            "22:5: the last leg decides and has a single branch"}));

INSTANTIATE_TEST_SUITE_P(
    Thresholds, ItemErrorTest,
    testing::Values(Row{"  cards:", "  near_percent: 101\n  cards:",
                        "33:17: expected at most 100, but found 101"},
                    Row{"  cards:", "  near_last_day_below_days: 10001\n  cards:",
                        "33:29: expected at most 10000, but found 10001"},
                    Row{"colour: yellow, ", "", "34:5: a colour is missing"},
                    Row{"clock: step, ", "", "34:5: a clock is missing"},
                    Row{"clock: step", "clock: notice",
                        "34:29: no organisation is late when this clock runs out"},
                    Row{"clock: step", "clock: applicant",
                        "34:29: no organisation is late when this clock runs out"},
                    Row{", days_left: 1", "",
                        "34:5: expected one of `days_overdue`, `days_left` and `percent_used`"},
                    Row{"days_left: 1", "days_left: 10001",
                        "34:46: expected at most 10000, but found 10001"},
                    Row{"days_left: 1", "days_overdue: 10001",
                        "34:49: expected at most 10000, but found 10001"},
                    Row{"percent_used: 100", "percent_used: 101",
                        "35:50: expected at most 100, but found 101"}));

class LicenceErrorTest : public testing::TestWithParam<Row> {};

TEST_P(LicenceErrorTest, NamesTheArticle) {
  auto document = ReadWith(kLicence, GetParam());
  EXPECT_THAT(Lines(document.errors), ElementsAre(Line(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LicenceErrorTest,
    testing::Values(Row{"intake_limit: 5 working_days", "intake_limit: 4 working_days",
                        "7:15: Art. 32 gives a licence 5 working_days"},
                    Row{"intake_limit: 5 working_days", "intake_limit: 5 calendar_days",
                        "7:15: Art. 32 gives a licence 5 working_days"},
                    Row{"amount: 20", "amount: 21",
                        "8:18: Art. 42 gives a licence at most 20 working_days"},
                    Row{"amount: 10", "amount: 11",
                        "11:8: Art. 42 lets a licence be extended by at most 10 working_days"},
                    Row{"delivery_limit: 10 working_days", "delivery_limit: 11 working_days",
                        "9:17: Art. 44 gives the delivery of a licence at most 10 working_days"},
                    Row{"kind: hearing", "kind: publicity",
                        "18:10: Art. 45 does not list it: its time counts for a licence"},
                    Row{"kind: hearing", "kind: external_check",
                        "18:10: Art. 45 does not list it: its time counts for a licence"}));

TEST(CheckItemTest, ALicencesLimitInCalendarDaysIsAgainstArticle42) {
  std::string text = Replaced(std::string(kLicence), "amount: 20, unit: working_days",
                              "amount: 20, unit: calendar_days");
  EXPECT_THAT(Lines(ReadItem({"item.yaml", text}).errors),
              ElementsAre("item.yaml:11:8: its unit is not that of the limit that it extends",
                          "item.yaml:8:18: Art. 42 gives a licence at most 20 working_days"));
}

TEST(CheckItemTest, OtherRegimesSetTheirOwnLimits) {
  std::string text = Replaced(std::string(kLicence), "regime: licensing", "regime: own");
  text = Replaced(text, "amount: 20", "amount: 60");
  text = Replaced(text, "amount: 10", "amount: 30");
  text = Replaced(text, "intake_limit: 5 working_days", "intake_limit: 7 calendar_days");
  text = Replaced(text, "kind: hearing", "kind: external_check, basis: 办法第三条");
  auto document = ReadItem({"item.yaml", text});
  EXPECT_THAT(Lines(document.errors), IsEmpty());
  EXPECT_THAT(Lines(document.warnings), IsEmpty());
}

TEST(CheckItemTest, OnlyInstantItemsMayHaveNoRoute) {
  std::string text =
      "id: card\nname: 登记\nkind: public_service\nregime: own\n"
      "minimum_level: township_level\nhandling: within_limit\n"
      "promised_limit: 5 working_days\ndelivery: [at_window]\n";
  EXPECT_THAT(Lines(ReadItem({"item.yaml", text}).errors),
              ElementsAre("item.yaml:1:1: an item that is not decided at the desk needs a route"));
  text = Replaced(text, "within_limit", "instant");
  EXPECT_THAT(Lines(ReadItem({"item.yaml", text}).errors), IsEmpty());
}

class ItemWarningTest : public testing::TestWithParam<Row> {};

TEST_P(ItemWarningTest, StopsNothing) {
  auto document = ReadWith(kOwn, GetParam());
  EXPECT_THAT(Lines(document.errors), IsEmpty());
  EXPECT_THAT(Lines(document.warnings), ElementsAre(Line(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ItemWarningTest,
    testing::Values(
        Row{", basis: 办法第九条", "", "7:18: the article that it comes from is missing (`basis`)"},
        Row{", basis: 办法第十条", "",
            "10:8: the rule that allows an extension is missing (`basis`)"},
        Row{", basis: 办法第十二条", "",
            "30:3: the rule by which its time does not count is missing (`basis`)"},
        Row{"amount: 30", "amount: 8",
            "8:17: it is longer than the statutory limit of 8 working_days"},
        Row{"statutory_limit: {amount: 30, unit: working_days, basis: 办法第九条}\n"
            "promised_limit: 9 working_days\nextension:\n"
            "  cap: {amount: 5, unit: working_days, basis: 办法第十条}\n",
            "", "1:1: it has neither a statutory nor a promised limit: no whole is timed"},
        Row{"minimum_level: county_level", "minimum_level: city",
            "26:59: it stands below the level that may decide; every decision will be refused"},
        // The sum: the longer branch, no uncounted notice, the acceptance or not.
        Row{"promised_limit: 9 working_days", "promised_limit: 10 working_days",
            "8:17: the steps add up to 9 working_days, but the promise is 10 working_days"},
        Row{"limit: 3 working_days", "limit: 6 working_days",
            "8:17: the steps add up to 11 working_days, but the promise is 9 working_days"},
        Row{"promised_limit: 9 working_days",
            "promised_limit: 11 working_days\nintake_limit: 1 working_days",
            "8:17: the steps add up to 10 working_days, but the promise is 11 working_days"},
        Row{", limit: 3 working_days}\n  - branches:\n    - steps:\n      - {id: notice",
            "}\n  - branches:\n    - steps:\n      - {id: early, name: 初审, kind: handle, "
            "performer: intake, limit: 1 working_days}\n      - {id: notice",
            "8:17: the steps add up to 10 working_days, but the promise is 9 working_days"}));

class NoWarningTest : public testing::TestWithParam<Row> {};

TEST_P(NoWarningTest, WhereNothingContradicts) {
  auto document = ReadWith(kOwn, GetParam());
  EXPECT_THAT(Lines(document.errors), IsEmpty());
  EXPECT_THAT(Lines(document.warnings), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, NoWarningTest,
    testing::Values(
        // A promise may count the acceptance or leave it out.
        Row{"promised_limit: 9 working_days",
            "promised_limit: 9 working_days\nintake_limit: 1 working_days", ""},
        Row{"promised_limit: 9 working_days",
            "promised_limit: 10 working_days\nintake_limit: 1 working_days", ""},
        // A step without a limit leaves the rest of the promise to it.
        Row{"limit: 4 working_days}", "duty: reception}", ""},
        // Units are never converted, so there is nothing to compare.
        Row{"limit: 4 working_days", "limit: 99 calendar_days", ""},
        Row{"counting: uncounted", "counting: counted", ""},
        // Only a chart can tell the level of a named organisation.
        Row{"performer: county/civil-affairs", "performer: \"@zhaozhen\"", ""}));

TEST(CheckItemTest, ADelegatedDecisionIsAtTheLevelOfItsOrgan) {
  const std::string township =
      Replaced(std::string(kOwn), "performer: county/civil-affairs", "performer: intake/reception");
  EXPECT_THAT(Lines(ReadItem({"item.yaml", township}).warnings),
              ElementsAre(testing::HasSubstr("it stands below the level that may decide")));
  const std::string delegated =
      Replaced(township, "regime: own", "regime: own\npower_source: delegated");
  EXPECT_THAT(Lines(ReadItem({"item.yaml", delegated}).warnings), IsEmpty());
}

TEST(CheckItemTest, AllProblemsAreListedInTheOrderOfTheRules) {
  std::string text = Replaced(std::string(kOwn), "name: 救助\n", "");
  text = Replaced(text, "id: visit", "id: review");
  text = Replaced(text, "by_courier", "at_window");
  EXPECT_THAT(Lines(ReadItem({"item.yaml", text}).errors),
              ElementsAre("item.yaml:1:1: a name is missing",
                          "item.yaml:20:14: `review` stands twice on the route",
                          "item.yaml:30:23: it stands twice"));
}

TEST(CheckItemTest, ItemsThatCameByAnotherWayAreCheckedTheSame) {
  ServiceItem item = ReadItem({"item.yaml", kOwn}).item;
  item.add_delivery(DELIVERY_MODE_UNSPECIFIED);
  EXPECT_THAT(CheckItem(item).errors,
              ElementsAre(Finding{"delivery[2]", "a way of delivery is missing"}));
}

TEST(CheckItemTest, NumbersThatAreNoUnitAreErrors) {
  ServiceItem item = ReadItem({"item.yaml", kOwn}).item;
  auto no_unit = static_cast<LimitUnit>(99);
  item.mutable_promised_limit()->set_unit(no_unit);
  for (Leg& leg : *item.mutable_route()->mutable_legs()) {
    for (Branch& branch : *leg.mutable_branches()) {
      for (Step& step : *branch.mutable_steps()) step.clear_limit();
    }
  }
  Branch& branch = *item.mutable_route()->mutable_legs(0)->mutable_branches(0);
  branch.mutable_steps(0)->mutable_limit()->set_amount(99);
  branch.mutable_steps(0)->mutable_limit()->set_unit(no_unit);
  item.mutable_route()->mutable_legs(1)->mutable_branches(0)->mutable_steps()->DeleteSubrange(0, 1);
  constexpr char kMissing[] = "a limit is missing, such as `20 working_days`";
  EXPECT_THAT(CheckItem(item).errors,
              ElementsAre(Finding{"promised_limit", kMissing},
                          Finding{"route.legs[0].branches[0].steps[0].limit", kMissing}));
}

}  // namespace
}  // namespace onewindow
