#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/organisation/amendments.h"
#include "engine/organisation/check_chart.h"
#include "engine/organisation/coverage.h"
#include "engine/organisation/numbering.h"
#include "engine/organisation/organisation_index.h"
#include "engine/organisation/read_chart.h"
#include "tests/support/replaced.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A window with two clerks, one of them on Mondays and Tuesdays, and a director; a clerk elsewhere.
constexpr std::string_view kChart = R"(organisations:
- {id: jintang, kind: county, name: 金堂县}
- {id: zhaozhen, kind: township, name: 赵镇, parent: jintang, division_code: "510121001000"}
- {id: hall, kind: hall, name: 便民服务中心, parent: zhaozhen, function: reception}
- {id: health, kind: department, name: 卫健局, parent: jintang, function: health}
positions:
- {id: window, organisation: hall, name: 窗口, duties: [reception]}
- {id: director, organisation: hall, name: 主任, duties: [approval]}
- {id: clerk, organisation: health, name: 经办, duties: [handling]}
persons:
- {id: li, name: 李, serving: zhaozhen}
- {id: sun, name: 孙, home: health, serving: hall}
- {id: wu, name: 吴}
holdings:
- {person: li, position: window, from: 2026-01-01}
- {person: sun, position: window, from: 2026-01-01, weekdays: [1, 2]}
- {person: wu, position: director, from: 2026-01-01}
absences:
- {person: li, from: 2026-03-02, until: 2026-03-06}
- {person: wu, from: 2026-03-02, until: 2026-03-04}
substitutions:
- {position: director, holder: wu, substitute: li, from: 2026-03-01, until: 2026-03-03}
- {position: window, holder: li, substitute: wu, from: 2026-03-05, until: 2026-03-05}
)";

OrganisationChart Chart() { return WithNumbers(ReadChart({"chart.yaml", kChart}).chart, {}); }
OrganisationIndex Index(OrganisationChart chart) {
  return OrganisationIndex::Build(std::move(chart)).value();
}

std::vector<std::string> Errors(std::string_view before, std::string_view after) {
  std::vector<std::string> errors;
  const std::string text = Replaced(std::string(kChart), std::string(before), std::string(after));
  for (const Problem& problem : ReadChart({"chart.yaml", text}).errors) {
    errors.push_back(FormatProblem(problem));
  }
  return errors;
}

// 2026-03-02 is a Monday.
Date March(unsigned day) { return MakeDate(2026, 3, day); }

TEST(PeopleTest, ARotaHoldsOnItsDaysOnly) {
  const OrganisationIndex index = Index(Chart());
  EXPECT_TRUE(index.Holds("sun", "window", March(2)));
  EXPECT_TRUE(index.Holds("sun", "window", March(3)));
  EXPECT_FALSE(index.Holds("sun", "window", March(4)));
  EXPECT_FALSE(index.Holds("sun", "window", March(8)));
  EXPECT_TRUE(index.Holds("li", "window", March(8)));
  EXPECT_TRUE(index.HoldsThroughout("sun", "window", {March(2), March(8)}));
  EXPECT_FALSE(index.HoldsThroughout("sun", "window", {MakeDate(2025, 12, 31), March(8)}));
  EXPECT_FALSE(index.HoldsThroughout("sun", "director", {March(2), March(2)}));
}

TEST(PeopleTest, ASubstitutionGivesWhatItsHolderHas) {
  const OrganisationIndex index = Index(Chart());
  EXPECT_TRUE(index.StandsIn("li", "wu", "director", March(3)));
  EXPECT_FALSE(index.StandsIn("li", "wu", "director", March(4)));
  EXPECT_FALSE(index.StandsIn("li", "sun", "director", March(3)));
  EXPECT_FALSE(index.StandsIn("sun", "wu", "director", March(3)));
  EXPECT_EQ(index.SubstitutionBy("li", "director", March(3))->holder(), "wu");
  EXPECT_EQ(index.SubstitutionBy("li", "window", March(3)), nullptr);
  EXPECT_TRUE(index.MayActFrom("li", "director", March(3)));
  EXPECT_TRUE(index.MayActFrom("wu", "director", March(3)));
  EXPECT_FALSE(index.MayActFrom("sun", "director", March(3)));

  OrganisationChart without = Chart();
  without.mutable_holdings(2)->set_until("2026-03-02");
  EXPECT_FALSE(Index(without).StandsIn("li", "wu", "director", March(3)));
}

TEST(PeopleTest, UncoveredAreTheDaysOnWhichNobodyIsLeft) {
  const OrganisationIndex index = Index(Chart());
  const auto days = [&](const char* position) {
    std::vector<std::string> runs;
    for (const UncoveredRun& run :
         UncoveredRunsOf(index, *index.FindPosition(position), {March(1), March(31)})) {
      runs.push_back(FormatDate(run.days.from) + " " + FormatDate(run.days.until));
    }
    return runs;
  };
  // Sun sits on the 2nd and 3rd, wu stands in on the 5th.
  EXPECT_THAT(days("window"), ElementsAre("2026-03-04 2026-03-04", "2026-03-06 2026-03-06"));
  // His substitute is away himself.
  EXPECT_THAT(days("director"), ElementsAre("2026-03-02 2026-03-04"));
  // Nobody holds it: nobody is missed.
  EXPECT_THAT(days("clerk"), IsEmpty());
  EXPECT_THAT(PositionsWithAbsences(index, {March(5), March(31)}),
              ElementsAre(index.FindPosition("window")));
  EXPECT_THAT(PositionsWithAbsences(index, {March(7), March(31)}), IsEmpty());
}

TEST(PeopleTest, ANewChartKeepsWhatIsNotOverAndGivesNoNumberTwice) {
  const OrganisationChart before = Chart();
  OrganisationChart bare = before;
  bare.clear_absences();
  bare.clear_substitutions();
  const OrganisationChart after = WithNumbers(WithPeopleKept(bare, before, March(5)), before);
  ASSERT_EQ(after.absences_size(), 1);
  EXPECT_EQ(after.absences(0).person(), "li");
  EXPECT_EQ(after.absences(0).number(), 1u);
  ASSERT_EQ(after.substitutions_size(), 1);
  EXPECT_EQ(after.substitutions(0).number(), 2u);
  EXPECT_EQ(after.last_absence_number(), 2u);
  EXPECT_EQ(after.last_substitution_number(), 2u);

  // The document's own join them, or take the place of the same.
  OrganisationChart own = bare;
  *own.add_absences() = before.absences(0);
  own.mutable_absences(0)->set_until("2026-03-09");
  *own.add_absences() = before.absences(1);
  own.mutable_absences(1)->set_from("2026-03-10");
  own.mutable_absences(1)->set_until("2026-03-11");
  const OrganisationChart joined = WithNumbers(WithPeopleKept(own, before, March(5)), after);
  ASSERT_EQ(joined.absences_size(), 2);
  EXPECT_EQ(joined.absences(0).until(), "2026-03-09");
  EXPECT_EQ(joined.absences(0).number(), 1u);
  EXPECT_EQ(joined.absences(1).person(), "wu");
  EXPECT_EQ(joined.absences(1).number(), 3u);
}

TEST(PeopleTest, ADocumentPublishedAgainKeepsWhatWasArrangedSince) {
  const OrganisationChart document = Chart();
  Substitution arranged = document.substitutions(0);
  arranged.set_number(3);
  arranged.set_from("2026-03-06");
  arranged.set_until("2026-03-31");
  const OrganisationChart before = WithSubstitution(document, arranged);
  const OrganisationChart after = WithNumbers(WithPeopleKept(document, before, March(2)), before);
  ASSERT_EQ(after.substitutions_size(), 3);
  EXPECT_EQ(after.substitutions(2).number(), 3u);
  EXPECT_TRUE(Index(after).StandsIn("li", "wu", "director", March(31)));
}

TEST(PeopleTest, ADocumentPublishedAgainDoesNotReviveWhatWasEnded) {
  const OrganisationChart document = Chart();
  OrganisationChart before = WithSubstitutionEnded(document, 1, "2026-03-01");
  before = WithSubstitutionEnded(before, 2, "");
  const OrganisationChart after = WithNumbers(WithPeopleKept(document, before, March(2)), before);
  EXPECT_TRUE(CheckChart(after).ok());
  const OrganisationIndex index = Index(after);
  EXPECT_TRUE(index.StandsIn("li", "wu", "director", March(1)));
  EXPECT_FALSE(index.StandsIn("li", "wu", "director", March(2)));
  EXPECT_FALSE(index.StandsIn("wu", "li", "window", March(5)));

  // Arranged anew by command, of the same people from the same day on, it is in force again.
  Substitution anew = document.substitutions(1);
  anew.set_number(3);
  const OrganisationChart since = WithSubstitution(before, anew);
  EXPECT_TRUE(
      Index(WithPeopleKept(document, since, March(2))).StandsIn("wu", "li", "window", March(5)));
}

TEST(PeopleTest, ASubstitutionIsForWhoWorksBesideItsHolder) {
  EXPECT_TRUE(Index(Chart()).StandsIn("li", "wu", "director", March(3)));
  // He has left meanwhile, or moved to another department.
  OrganisationChart left = Chart();
  left.mutable_holdings(0)->set_until("2026-03-02");
  EXPECT_FALSE(Index(left).StandsIn("li", "wu", "director", March(3)));
  EXPECT_FALSE(Index(left).MayActFrom("li", "director", March(3)));
  OrganisationChart moved = Chart();
  moved.mutable_holdings(0)->set_position("clerk");
  EXPECT_FALSE(Index(moved).StandsIn("li", "wu", "director", March(3)));
  // Unless that department is the professional superior of what is a station here.
  moved.mutable_organisations(2)->set_superior("health");
  EXPECT_TRUE(Index(moved).StandsIn("li", "wu", "director", March(3)));
}

TEST(PeopleTest, WhoIsNoLongerOnTheChartIsNotKept) {
  const OrganisationChart before = Chart();
  OrganisationChart bare = before;
  bare.clear_absences();
  bare.clear_substitutions();
  bare.mutable_persons()->RemoveLast();
  bare.mutable_holdings()->RemoveLast();
  const OrganisationChart after = WithPeopleKept(bare, before, March(1));
  ASSERT_EQ(after.absences_size(), 1);
  EXPECT_EQ(after.absences(0).person(), "li");
  EXPECT_EQ(after.substitutions_size(), 0);
  EXPECT_TRUE(CheckChart(after).ok());
}

TEST(PeopleTest, WhatIsRecordedLaterAmendsTheChart) {
  Absence absence;
  absence.set_number(3);
  absence.set_person("sun");
  const OrganisationChart chart = WithAbsence(Chart(), absence);
  EXPECT_EQ(chart.absences_size(), 3);
  EXPECT_EQ(chart.last_absence_number(), 3u);
  EXPECT_EQ(chart.version(), Chart().version());

  const OrganisationChart shorter = WithSubstitutionEnded(chart, 1, "2026-03-02");
  EXPECT_EQ(shorter.substitutions(0).until(), "2026-03-02");
  const OrganisationChart never = WithSubstitutionEnded(Chart(), 1, "");
  EXPECT_EQ(never.substitutions(0).until(), "2026-02-28");
  EXPECT_FALSE(Index(never).StandsIn("li", "wu", "director", March(1)));
  EXPECT_EQ(never.last_substitution_number(), 2u);
}

TEST(PeopleTest, StaffServeWhereTheirPositionsAre) {
  EXPECT_THAT(Errors("home: health, serving: hall", "home: hall, serving: health"),
              ElementsAre("chart.yaml:16:27: `sun` serves at `health`, and the position is not "
                          "within it"));
}

TEST(PeopleTest, AChartThatWasPublishedBeforeThatRuleStaysInForce) {
  OrganisationChart chart = Chart();
  chart.mutable_persons(1)->set_serving("health");
  EXPECT_FALSE(CheckChart(chart).ok());
  EXPECT_TRUE(Index(chart).Holds("sun", "window", March(2)));
}

TEST(PeopleTest, DaysAndNamesThatAreNoneAreErrors) {
  EXPECT_THAT(Errors("weekdays: [1, 2]", "weekdays: [1, 8]"),
              ElementsAre("chart.yaml:16:67: expected each day once, 1 Monday to 7 Sunday, but "
                          "found 8"));
  EXPECT_THAT(Errors("weekdays: [1, 2]", "weekdays: [1, 1]"), testing::SizeIs(1));
  EXPECT_THAT(Errors("person: li, from: 2026-03-02", "person: lo, from: 2026-03-02"),
              ElementsAre("chart.yaml:19:12: there is no `lo`"));
  EXPECT_THAT(Errors("until: 2026-03-06", "until: 2026-03-01"),
              ElementsAre("chart.yaml:19:41: it ends before it begins"));
  EXPECT_THAT(Errors("holder: wu, substitute: li", "holder: wu, substitute: wu"),
              ElementsAre("chart.yaml:22:48: nobody stands in for himself"));
  EXPECT_THAT(Errors("{position: window, holder: li", "{position: counter, holder: li"),
              ElementsAre("chart.yaml:23:14: there is no `counter`"));
}

TEST(PeopleTest, NumbersStandOnce) {
  OrganisationChart chart = Chart();
  chart.mutable_absences(1)->set_number(1);
  EXPECT_THAT(CheckChart(chart).errors,
              ElementsAre(Finding{"absences[1].number", "number 1 stands twice"}));
}

}  // namespace
}  // namespace onewindow
