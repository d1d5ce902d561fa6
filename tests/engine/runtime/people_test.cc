// What is recorded of people between two publications: in the store, after a restart, in verify.
#include "engine/kv/data_directory.h"
#include "engine/organisation/organisation_index.h"
#include "engine/runtime/people_queries.h"
#include "engine/runtime/verify.h"
#include "engine/tables/schema.h"
#include "tests/bench/desk_item.h"
#include "tests/engine/runtime/world.h"

namespace onewindow {
namespace {

class PeopleTest : public World {
 protected:
  // The desk with a second person, who holds nothing but a place in the same department.
  void PublishForTwo() {
    Publish();
    OrganisationChart chart = DeskChart();
    Person& zhao = *chart.add_persons();
    zhao.set_id("zhao");
    zhao.set_name("赵");
    Position& helper = *chart.add_positions();
    helper = chart.positions(0);
    helper.set_id("helper");
    helper.clear_number();
    helper.clear_duties();
    helper.add_duties(HELPING);
    Holding& holding = *chart.add_holdings();
    holding.set_person("zhao");
    holding.set_position("helper");
    holding.set_from("2020-01-01");
    PublishChart(chart);
  }

  void PublishChart(const OrganisationChart& chart) {
    Command command;
    *command.mutable_publish_organisation()->mutable_chart() = chart;
    ExpectAccepted(DoAs(kSystemPerson, command));
  }

  Command Arrangement() {
    Command command;
    ArrangeSubstitution& wish = *command.mutable_arrange_substitution();
    const Holding& holding = organisation().chart().holdings(0);
    wish.set_position(holding.position());
    wish.set_holder(holding.person());
    wish.set_substitute("zhao");
    wish.set_from("2026-03-02");
    wish.set_until("2026-03-06");
    return command;
  }

  Command Away(const std::string& person) {
    Command command;
    command.mutable_record_absence()->set_person(person);
    command.mutable_record_absence()->set_from("2026-03-02");
    command.mutable_record_absence()->set_until("2026-03-06");
    return command;
  }

  const OrganisationIndex& organisation() const {
    return *partition_->state().published->organisation;
  }

  VerifyReport Verify() {
    Result<Head> head = HeadFile::Read(HeadPath(directory_));
    Result<VerifyReport> report = VerifyStore(memory_, head.value(), {});
    EXPECT_TRUE(report.ok()) << report.fault().message;
    return std::move(report).value();
  }
  void ExpectVerified() {
    for (const VerifyFinding& finding : Verify().findings) {
      ADD_FAILURE() << finding.where << ": " << finding.what;
    }
  }
};

TEST_F(PeopleTest, WhatIsRecordedOfPeopleIsThereAfterTheProcessDied) {
  PublishForTwo();
  const size_t charts = Rows(families::kCatalogue).size();
  // In one batch, where the later sees the earlier.
  std::vector<Submission> submissions;
  submissions.push_back(Prepare(kSystemPerson, Arrangement()));
  submissions.push_back(Prepare(kSystemPerson, Away("zhao")));
  submissions.push_back(Prepare(kSystemPerson, Away("li")));
  const std::vector<Answer> answers = DoAll(std::move(submissions));
  EXPECT_EQ(ExpectAccepted(answers[0]).case_id, CaseId{});
  EXPECT_EQ(ExpectAccepted(answers[1]).logged->events(0).absence_recorded().absence().number(), 1u);
  // His substitute is away, too.
  EXPECT_GT(ExpectAccepted(answers[2]).logged->events(0).absence_recorded().uncovered_size(), 0);
  EXPECT_EQ(Rows(families::kCatalogue).size(), charts);
  ExpectVerified();

  const std::string before = organisation().chart().SerializeAsString();
  Kill();
  Open();
  EXPECT_EQ(organisation().chart().SerializeAsString(), before);
  EXPECT_EQ(organisation().chart().substitutions_size(), 1);
  EXPECT_EQ(organisation().chart().absences_size(), 2);
  ExpectFoldsAreRebuiltAsTheyAre();
}

TEST_F(PeopleTest, ANewChartKeepsThem) {
  PublishForTwo();
  ExpectAccepted(DoAs(kSystemPerson, Arrangement()));
  ExpectAccepted(DoAs(kSystemPerson, Away("li")));
  OrganisationChart next = organisation().chart();
  next.clear_absences();
  next.clear_substitutions();
  PublishChart(next);
  EXPECT_EQ(organisation().chart().substitutions_size(), 1);
  EXPECT_EQ(organisation().chart().absences_size(), 1);

  Command end;
  end.mutable_end_substitution()->set_number(1);
  ExpectAccepted(DoAs(kSystemPerson, end));
  EXPECT_TRUE(organisation().chart().substitutions(0).ended());
  ExpectAccepted(DoAs(kSystemPerson, Arrangement()));
  ASSERT_EQ(organisation().chart().substitutions_size(), 2);
  EXPECT_EQ(organisation().chart().substitutions(1).number(), 2u);
  ExpectVerified();
}

TEST_F(PeopleTest, BothNamesAreInTheLog) {
  PublishForTwo();
  ExpectAccepted(DoAs(kSystemPerson, Arrangement()));
  Command submission = Submit("wang");
  EXPECT_EQ(ReasonOf(DoAs("zhao", submission)), NOT_SUBSTITUTE);
  submission.mutable_submit_case()->mutable_envelope()->set_on_behalf_of("li");
  const Answer answer = DoAs("zhao", submission);
  const Caller& caller = ExpectAccepted(answer).logged->caller();
  EXPECT_EQ(caller.person(), "zhao");
  EXPECT_EQ(caller.on_behalf_of(), "li");
  time_.Pass(std::chrono::days(5));
  Command later = Submit("wang");
  later.mutable_submit_case()->mutable_envelope()->set_on_behalf_of("li");
  EXPECT_EQ(ReasonOf(DoAs("zhao", later)), NOT_SUBSTITUTE);
}

TEST_F(PeopleTest, AChangedChartIsFound) {
  PublishForTwo();
  ExpectAccepted(DoAs(kSystemPerson, Arrangement()));
  OrganisationChart changed = organisation().chart();
  changed.mutable_substitutions(0)->set_until("2026-12-31");
  Batch batch;
  batch.Put(families::kCatalogue, ChartKey(changed.version()), changed.SerializeAsString());
  ASSERT_TRUE(memory_.Commit(batch, Durability::kSynced).ok());
  const VerifyReport report = Verify();
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.findings[0].what, "a row was changed");
}

TEST_F(PeopleTest, UncoveredPositionsAreListedPieceByPiece) {
  PublishForTwo();
  ExpectAccepted(DoAs(kSystemPerson, Away("li")));
  ExpectAccepted(DoAs(kSystemPerson, Away("zhao")));
  const UncoveredQuery query{.from = MakeDate(2026, 3, 4), .until = MakeDate(2026, 3, 31)};
  const auto whole = ListUncovered(organisation(), query, {.size = 100, .cursor = {}});
  ASSERT_TRUE(whole.ok());
  ASSERT_GE(whole.value().rows.size(), 2u);
  EXPECT_TRUE(whole.value().next_cursor.empty());
  for (const UncoveredRow& row : whole.value().rows) {
    EXPECT_EQ(FormatDate(row.from), "2026-03-04");
    EXPECT_EQ(FormatDate(row.until), "2026-03-06");
  }
  PageRequest page{.size = 1, .cursor = {}};
  for (const UncoveredRow& row : whole.value().rows) {
    const auto piece = ListUncovered(organisation(), query, page);
    ASSERT_EQ(piece.value().rows.size(), 1u);
    EXPECT_EQ(piece.value().rows[0].position, row.position);
    page.cursor = piece.value().next_cursor;
  }
  EXPECT_TRUE(page.cursor.empty());

  const auto refused = [&](UncoveredQuery wrong) {
    return ListUncovered(organisation(), wrong, {}).fault().kind;
  };
  EXPECT_EQ(refused({.from = query.until, .until = query.from}), FaultKind::kInvalid);
  EXPECT_EQ(refused({.from = query.from, .until = MakeDate(2027, 3, 5)}), FaultKind::kInvalid);
  EXPECT_EQ(refused({.from = query.from, .until = query.until, .organisation = "nowhere"}),
            FaultKind::kNotFound);
}

}  // namespace
}  // namespace onewindow
