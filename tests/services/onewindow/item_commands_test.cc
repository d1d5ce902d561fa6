#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/catalog/read_item.h"
#include "onewindow/v1/item_reports.pb.h"
#include "services/onewindow/command_line.h"
#include "services/onewindow/item_difference.h"
#include "services/onewindow/value_text.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kCounty[] = ONEWINDOW_SOURCE_DIR "/deploy/demo-county";
constexpr char kCatalogue[] =
    ONEWINDOW_SOURCE_DIR "/tests/adapters/item_catalogues/small_catalogue.csv";

std::string DemoItem(const std::string& id) {
  return std::string(kCounty) + "/items/" + id + ".yaml";
}

std::string ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ItemCommandsTest : public testing::Test {
 protected:
  ExitCode RunClient(std::vector<std::string> arguments) {
    out_.str("");
    err_.str("");
    std::istringstream in;
    Terminal terminal{.in = in, .out = out_, .err = err_, .audience = Audience::kProgram};
    return RunCommandLine(arguments, terminal);
  }
  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

  template <typename M>
  M Answer() const {
    M message;
    auto status = google::protobuf::util::JsonStringToMessage(out(), &message);
    EXPECT_TRUE(status.ok()) << status.ToString() << out() << err();
    return message;
  }

  ItemSimulation Simulated(const std::string& file, const std::string& received) {
    RunClient(
        {"item", "simulate", file, "--county", kCounty, "--received", received, "-o", "json"});
    return Answer<ItemSimulation>();
  }

  // The demo item with one text in place of another, as a file of its own.
  std::string Changed(const std::string& id, const std::string& from, const std::string& to) {
    std::string text = ContentOf(DemoItem(id));
    size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    std::string path = scratch_ / (id + ".yaml");
    std::ofstream(path) << text;
    return path;
  }

  // "step review limit: 5 working_days -> 3 working_days"
  std::vector<std::string> Changes(const std::string& before, const std::string& after) {
    EXPECT_EQ(RunClient({"item", "diff", before, after, "-o", "json"}), ExitCode::kOk) << err();
    std::vector<std::string> lines;
    const auto difference = Answer<ItemDifference>();
    for (const auto& change : difference.changes()) {
      lines.push_back(change.part() + " " + TextAt(change, "kind") + " " + change.field() + ": " +
                      change.before() + " -> " + change.after());
    }
    return lines;
  }

  ScratchDirectory scratch_;
  std::ostringstream out_;
  std::ostringstream err_;
};

// "promised 2026-11-13 24:00", for every clock in order.
std::vector<std::string> DueDates(const ItemSimulation& simulation) {
  std::vector<std::string> dates;
  for (const auto& clock : simulation.clocks()) {
    if (clock.kind() == HAND_OVER) continue;
    dates.push_back(TextAt(clock, "kind") + " " +
                    (clock.subject().empty() ? "" : clock.subject() + " ") +
                    TextAt(clock, "due_at"));
  }
  return dates;
}

// By hand: of 2026, October 1 to 7 are holidays and Saturday the 10th is worked. The 29th is the
// first of 30 days, the 30th the second; 8 to 10 October are three, then five a week: the 30th is
// Friday, 13 November.
TEST_F(ItemCommandsTest, SimulateGivesThePromisesDate) {
  ItemSimulation simulation = Simulated(DemoItem("senior-card"), "2026-09-28");
  EXPECT_FALSE(simulation.has_obstacle()) << simulation.obstacle().text();
  EXPECT_THAT(DueDates(simulation), ElementsAre("promised 2026-11-13 24:00"));
}

// By hand: three working days from 28 September end on 8 October, two more on the 10th, a make-up
// Saturday; the notice stands on the three days to the 13th, whatever they are; the decision begins
// on the 14th and has the 15th and 16th.
TEST_F(ItemCommandsTest, SimulateTakesEachStepToItsLastDay) {
  ItemSimulation simulation = Simulated(DemoItem("temporary-relief-investigated"), "2026-09-28");
  EXPECT_FALSE(simulation.has_obstacle()) << simulation.obstacle().text();
  EXPECT_THAT(
      DueDates(simulation),
      ElementsAre("step investigation 2026-10-08 24:00", "step township-review 2026-10-10 24:00",
                  "notice notice 2026-10-13 24:00", "step decision 2026-10-16 24:00"));
  for (const auto& clock : simulation.clocks()) EXPECT_EQ(clock.light(), LIGHT_NORMAL);
}

TEST_F(ItemCommandsTest, SimulateBringsEveryDemoItemToItsResult) {
  for (const auto& entry : std::filesystem::directory_iterator(std::string(kCounty) + "/items")) {
    ItemSimulation simulation = Simulated(entry.path().string(), "2026-03-02T09:30");
    // Where the form decides, somebody has to fill it in.
    if (simulation.has_obstacle()) {
      EXPECT_EQ(simulation.obstacle().reason(), FORM_INCOMPLETE) << entry.path();
    }
    EXPECT_FALSE(simulation.acts().empty()) << entry.path();
  }
}

TEST_F(ItemCommandsTest, SimulatePrintsActsAndClocks) {
  EXPECT_EQ(RunClient({"item", "simulate", DemoItem("senior-card"), "--county", kCounty,
                       "--received", "2026-09-28", "--position", "zhaozhen-window-1"}),
            ExitCode::kOk);
  EXPECT_EQ(out(),
            ContentOf(ONEWINDOW_SOURCE_DIR "/tests/services/onewindow/senior_card.simulation.txt"));
}

TEST_F(ItemCommandsTest, SimulateEndsWhereTheEngineRefuses) {
  std::string nobody =
      Changed("senior-card", "performer: county/civil-affairs", "performer: county/nobody-at-all");
  EXPECT_EQ(
      RunClient({"item", "simulate", nobody, "--county", kCounty, "--received", "2026-09-28"}),
      ExitCode::kCheckFailed);
  EXPECT_THAT(err(), HasSubstr("the way ends at submit_case: PERFORMER_NOT_FOUND: "));
  EXPECT_EQ(RunClient({"item", "simulate", DemoItem("senior-card"), "--county", kCounty,
                       "--received", "2026-09-28", "--position", "no-such-window"}),
            ExitCode::kCheckFailed);
  EXPECT_THAT(err(), HasSubstr("the way ends at submit_case: POSITION_NOT_HELD: "));
}

TEST_F(ItemCommandsTest, SimulateAsksForADayThatThereIs) {
  EXPECT_EQ(RunClient({"item", "simulate", DemoItem("senior-card"), "--county", kCounty,
                       "--received", "2026-02-30"}),
            ExitCode::kUsage);
  EXPECT_EQ(
      RunClient({"item", "simulate", DemoItem("senior-card"), "--county", kCounty, "--form", "=x"}),
      ExitCode::kUsage);
}

TEST_F(ItemCommandsTest, DiffOfTheSameMeaningIsNothing) {
  std::string reordered = Changed("senior-card",
                                  "- {id: identity-card, name: 身份证, originals: 1}\n"
                                  "- {id: photograph, name: 免冠一寸近照, originals: 1}",
                                  "- {id: photograph, name: 免冠一寸近照, originals: 1}\n"
                                  "# A remark.\n"
                                  "- {id: identity-card, name: 身份证, originals: 1,\n"
                                  "   source: from_applicant}");
  EXPECT_EQ(RunClient({"item", "diff", DemoItem("senior-card"), reordered}), ExitCode::kOk);
  EXPECT_EQ(out(), "nothing changes in meaning\n");
}

TEST_F(ItemCommandsTest, DiffNamesLimitsPerformersAndMaterials) {
  EXPECT_THAT(Changes(DemoItem("senior-card"),
                      Changed("senior-card", "30 working_days", "20 working_days")),
              ElementsAre("item changed promised_limit: 30 working_days -> 20 working_days"));
  EXPECT_THAT(
      Changes(DemoItem("senior-card"), Changed("senior-card", "performer: county/civil-affairs",
                                               "performer: intake/civil-affairs")),
      ElementsAre("step first-review changed performer: county/civil-affairs -> "
                  "intake/civil-affairs"));
  EXPECT_THAT(
      Changes(DemoItem("senior-card"),
              Changed("senior-card", "- {id: photograph, name: 免冠一寸近照, originals: 1}\n", "")),
      ElementsAre("materials photograph removed : id: photograph; name: 免冠一寸近照; "
                  "originals: 1; source: from_applicant -> "));
}

TEST_F(ItemCommandsTest, DiffOfANewStepIsOneChangeAndWhatFollowsIt) {
  std::string longer = Changed("senior-card", "      - {id: decision",
                               "      - {id: review, name: 复核, kind: handle, "
                               "performer: county/civil-affairs}\n      - {id: decision");
  EXPECT_THAT(Changes(DemoItem("senior-card"), longer),
              ElementsAre("step decision changed follows: first-review -> review",
                          "step review added :  -> duty: handling; follows: first-review; "
                          "id: review; kind: handle; name: 复核; performer: county/civil-affairs"));
}

TEST_F(ItemCommandsTest, DiffRefusesWhatIsNoSoundItem) {
  EXPECT_EQ(RunClient({"item", "diff", DemoItem("senior-card"), kCatalogue}),
            ExitCode::kCheckFailed);
  EXPECT_THAT(err(), HasSubstr("small_catalogue.csv:"));
}

TEST(ItemDifferenceTest, WhatPublicationGivesIsNoChange) {
  ServiceItem item =
      ReadItem({.file = "senior-card", .text = ContentOf(DemoItem("senior-card"))}).item;
  ServiceItem published = item;
  published.set_version(7);
  published.set_number(3);
  EXPECT_THAT(CompareItems(item, published).changes(), IsEmpty());
}

TEST_F(ItemCommandsTest, ImportReportsAndEndsAsAFailedCheck) {
  std::string drafts = scratch_ / "drafts";
  EXPECT_EQ(RunClient({"item", "import", kCatalogue, "--out", drafts}), ExitCode::kCheckFailed);
  EXPECT_EQ(out(), "9 rows: 3 drafts in " + drafts + ", 6 rows unusable; 3 codes in doubt\n");
  EXPECT_THAT(err(), HasSubstr("small_catalogue.csv:4:1: error: name: it is empty\n"));
  EXPECT_THAT(err(), HasSubstr("small_catalogue.csv:3:1: warning: dept_code: `083372204` is no "
                               "统一社会信用代码 (GB 32100); drafts with it: 2\n"));
  EXPECT_EQ(RunClient({"item", "check", drafts}), ExitCode::kCheckFailed);
  EXPECT_THAT(err(), HasSubstr("the lowest level that may decide is missing"));
}

TEST_F(ItemCommandsTest, ImportGivesItsReportAsJson) {
  RunClient({"item", "import", kCatalogue, "--out", scratch_ / "drafts", "-o", "json"});
  auto report = Answer<ItemImportReport>();
  EXPECT_EQ(report.rows(), 9u);
  EXPECT_EQ(report.unusable_size(), 6);
}

}  // namespace
}  // namespace onewindow
