#include "services/onewindow/checkups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/calendar/calendar_document.h"
#include "tests/services/onewindow/fake_wire.h"

namespace onewindow {
namespace {

using testing::HasSubstr;

class CheckupsTest : public testing::Test {
 protected:
  CheckupsTest()
      : directory_(std::filesystem::temp_directory_path() /
                   ("checkups-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(directory_);
  }
  ~CheckupsTest() override { std::filesystem::remove_all(directory_); }

  std::string FileWithMode(mode_t mode) const {
    std::string path = directory_ / "file";
    std::ofstream(path) << "x";
    EXPECT_EQ(chmod(path.c_str(), mode), 0);
    return path;
  }

  std::filesystem::path directory_;
};

TEST_F(CheckupsTest, AMissingNextYearIsAWarningFromNovemberOn) {
  auto calendar = WorkingCalendar::Make(
                      ReadCalendarDirectory(ONEWINDOW_SOURCE_DIR "/deploy/calendars/china").message)
                      .value();
  int last = YearOf(calendar.last_published_day());
  EXPECT_EQ(CheckCoverage(calendar, MakeDate(last - 1, 12, 1)).health, Health::kGood);
  EXPECT_EQ(CheckCoverage(calendar, MakeDate(last, 10, 31)).health, Health::kGood);
  Diagnosis late = CheckCoverage(calendar, MakeDate(last, 11, 1));
  EXPECT_EQ(late.health, Health::kWarning);
  EXPECT_THAT(late.text, HasSubstr(std::to_string(last + 1) + " is missing"));
  EXPECT_EQ(CheckCoverage(calendar, MakeDate(last + 1, 1, 1)).health, Health::kFault);
}

TEST_F(CheckupsTest, SecretsThatOthersMayReadAreFaults) {
  auto health = [&](mode_t mode, Guarded guarded) {
    return CheckFile("key", FileWithMode(mode), guarded).health;
  };
  EXPECT_EQ(health(0600, Guarded::kAgainstReading), Health::kGood);
  EXPECT_EQ(health(0640, Guarded::kAgainstReading), Health::kFault);
  EXPECT_EQ(health(0644, Guarded::kAgainstWriting), Health::kGood);
  EXPECT_EQ(health(0664, Guarded::kAgainstWriting), Health::kFault);
  EXPECT_EQ(CheckFile("key", directory_ / "none", Guarded::kAgainstReading).health, Health::kFault);
}

TEST_F(CheckupsTest, SpaceBelowTheWatermarkIsAFault) {
  EXPECT_EQ(CheckFreeSpace(directory_, 0).health, Health::kGood);
  EXPECT_EQ(CheckFreeSpace(directory_, uint64_t{1} << 60).health, Health::kFault);
}

TEST_F(CheckupsTest, ADirectoryWithoutDataIsAFault) {
  auto found = CheckDataDirectory(directory_);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].health, Health::kFault);
}

TEST_F(CheckupsTest, AServerServesOrNot) {
  FakeServer server;
  FakeWire wire(server);
  server.answers.push_back(std::string("\x08\x01"));
  EXPECT_EQ(CheckServer(wire, "a:1").health, Health::kGood);
  server.answers.push_back(std::string("\x08\x02"));
  EXPECT_EQ(CheckServer(wire, "a:1").health, Health::kFault);
  server.Refuse({.code = 14, .message = "refused", .details = ""});
  EXPECT_THAT(CheckServer(wire, "a:1").text, HasSubstr("a:1"));
}

TEST_F(CheckupsTest, AnythingThatIsNotGoodEndsWithCheckFailed) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{.in = in, .out = out, .err = err, .audience = Audience::kProgram};
  EXPECT_EQ(PrintDiagnoses({{Health::kGood, "data", "fine"}}, terminal), ExitCode::kOk);
  EXPECT_EQ(PrintDiagnoses({{Health::kWarning, "data", "look"}}, terminal), ExitCode::kCheckFailed);
  EXPECT_THAT(out.str(), HasSubstr("warning  data     look\n"));
}

}  // namespace
}  // namespace onewindow
