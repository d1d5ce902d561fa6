#include "adapters/event_logs/replay.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "adapters/event_logs/log_mapping.h"
#include "engine/calendar/calendar_document.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

fs::path Source() { return ONEWINDOW_SOURCE_DIR; }

fs::path Shared() {
  const char* set = std::getenv("ONEWINDOW_SHARED");
  return set != nullptr ? fs::path(set) : Source() / "../shared";
}

class ReplayTest : public testing::Test {
 protected:
  ReplayTest() {
    std::string pattern = (fs::temp_directory_path() / "onewindow-replay-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  ~ReplayTest() override { fs::remove_all(directory_); }

  Result<Replayed> Run(const fs::path& log, const fs::path& mapping, const std::string& calendar) {
    ReplayOptions options;
    options.log = log;
    options.data_directory = directory_ / "data";
    options.mapping = LoadLogMapping(mapping).value();
    options.calendar = ReadCalendarDirectory(Source() / "deploy/calendars" / calendar).message;
    options.on_problem = [&](const RowProblem& problem) { problems_.push_back(problem); };
    return Replay(options);
  }

  fs::path directory_;
  std::vector<RowProblem> problems_;
};

// The figures of the log itself, counted apart from it.
TEST_F(ReplayTest, ReceiptPhaseOfADutchMunicipality) {
  fs::path log = Shared() / "data/eventlogs/receipt.csv";
  if (!fs::exists(log)) GTEST_SKIP() << log << " is not there";
  auto replayed = Run(log, Source() / "deploy/mappings/receipt.yaml", "weekdays-nl");
  ASSERT_TRUE(replayed.ok()) << replayed.fault().message;
  const ReplayReport& report = replayed.value().report;
  EXPECT_EQ(report.cases(), 1434u);
  EXPECT_EQ(report.events(), 8577u);
  EXPECT_EQ(report.finished(), 1329u);
  EXPECT_EQ(report.open(), 105u);
  EXPECT_EQ(report.late(), 377u);
  EXPECT_EQ(report.cards().at("red"), 416u);
  // Reckoned from the columns of the log by another program, to the second.
  constexpr double kSecond = 1.0 / 3600;
  const DurationHours& durations = report.duration_hours();
  EXPECT_NEAR(durations.mean(), 1415.53947, kSecond);
  EXPECT_NEAR(durations.p50(), 1215.28786, kSecond);
  EXPECT_NEAR(durations.p90(), 2533.25358, kSecond);
  EXPECT_NEAR(durations.p95(), 3163.84371, kSecond);
  EXPECT_NEAR(durations.max(), 7905.94188, kSecond);
  EXPECT_EQ(report.cards().at("yellow"), 0u);
  EXPECT_EQ(report.before_start(), 12u);
  EXPECT_EQ(report.after_end(), 180u);
  EXPECT_EQ(report.steps().at("T02 Check confirmation of receipt"), 1368u);
  EXPECT_EQ(report.unusable_rows(), 0u);
  EXPECT_TRUE(problems_.empty()) << problems_.front().reason;
  EXPECT_EQ(report.by_channel().at("Internet").cases() + report.by_channel().at("Desk").cases() +
                report.by_channel().at("Post").cases() + report.by_channel().at("e-mail").cases() +
                report.by_channel().at("Intern").cases(),
            1434u);
}

TEST_F(ReplayTest, TheSampleLogShowsLateOpenAndAdHocWork) {
  auto replayed = Run(Source() / "deploy/mappings/desk-log.csv",
                      Source() / "deploy/mappings/desk-log.yaml", "china");
  ASSERT_TRUE(replayed.ok()) << replayed.fault().message;
  const ReplayReport& report = replayed.value().report;
  EXPECT_EQ(report.cases(), 5u);
  EXPECT_EQ(report.events(), 11u);
  EXPECT_EQ(report.finished(), 3u);
  EXPECT_EQ(report.late(), 1u);
  EXPECT_EQ(report.cards().at("red"), 2u);
  EXPECT_EQ(report.route_steps(), 9u);
  EXPECT_EQ(report.off_route(), 1u);
  EXPECT_EQ(report.after_end(), 1u);
  EXPECT_EQ(report.handlers().at("赵丙"), 4u);
}

TEST_F(ReplayTest, ADirectoryWithALogIsRefused) {
  fs::path log = Source() / "deploy/mappings/desk-log.csv";
  fs::path mapping = Source() / "deploy/mappings/desk-log.yaml";
  ASSERT_TRUE(Run(log, mapping, "china").ok());
  auto again = Run(log, mapping, "china");
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.fault().kind, FaultKind::kExists);
}

}  // namespace
}  // namespace onewindow
