#include "engine/calendar/calendar_document.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace onewindow {
namespace {

namespace fs = std::filesystem;

using google::protobuf::util::MessageDifferencer;
using testing::ElementsAre;
using testing::IsEmpty;

std::string FileText(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::vector<std::string> Formatted(const Problems& problems) {
  std::vector<std::string> lines;
  for (const Problem& problem : problems) lines.push_back(FormatProblem(problem));
  return lines;
}

struct Refusal {
  std::string name;
  std::string text;
  std::string problem;
};

class CalendarDocumentRefusalTest : public testing::TestWithParam<Refusal> {};

// A calendar of 2025 with these days (flow mappings, one a line from line 5 on).
std::string WithDays(const std::string& days) {
  return "id: x\nservice_hours: [09:00-12:00]\nyears:\n  - year: 2025\n    days:\n" + days;
}

std::string WithHours(const std::string& hours) {
  return "id: x\nyears: [{year: 2025}]\nservice_hours: " + hours + "\n";
}

TEST_P(CalendarDocumentRefusalTest, IsReportedWithItsPlace) {
  EXPECT_THAT(Formatted(ReadCalendar({"c.yaml", GetParam().text}).problems),
              ElementsAre("c.yaml:" + GetParam().problem));
}

const Refusal kRefusals[] = {
    {"NoSuchDate", WithDays("      - {date: 2025-02-29, kind: workday}\n"),
     "6:16: expected a date that exists, as YYYY-MM-DD, but found `2025-02-29`"},
    {"DateOfAnotherForm", WithDays("      - {date: 2025-2-9, kind: workday}\n"),
     "6:16: expected a date that exists, as YYYY-MM-DD, but found `2025-2-9`"},
    {"NoDate", WithDays("      - {kind: workday}\n"),
     "6:9: expected a date that exists, as YYYY-MM-DD, but found ``"},
    {"DayOfTheYearAfter", WithDays("      - {date: 2026-01-01, kind: workday}\n"),
     "6:16: expected a day of 2025 or of the December before, but found 2026-01-01"},
    {"DayOfTheNovemberBefore", WithDays("      - {date: 2024-11-30, kind: workday}\n"),
     "6:16: expected a day of 2025 or of the December before, but found 2024-11-30"},
    {"DayTwice",
     WithDays("      - {date: 2025-01-01, kind: holiday, name: a}\n"
              "      - {date: 2025-01-01, kind: workday}\n"),
     "7:16: expected each day once, but found 2025-01-01 again"},
    {"DaysOutOfOrder",
     WithDays("      - {date: 2025-01-02, kind: workday}\n"
              "      - {date: 2025-01-01, kind: workday}\n"),
     "7:16: expected days in ascending order, but found 2025-01-01 after 2025-01-02"},
    {"NoKind", WithDays("      - {date: 2025-01-01}\n"), "6:9: expected `holiday` or `workday`"},
    {"HolidayWithoutName", WithDays("      - {date: 2025-01-01, kind: holiday}\n"),
     "6:9: expected the name of the festival"},
    {"NoName", "years: [{year: 2025}]\nservice_hours: [09:00-12:00]\n",
     "1:1: expected a name of lower-case letters, digits and hyphens, but found ``"},
    {"NoYears", "id: x\nservice_hours: [09:00-12:00]\n", "1:1: expected at least one year"},
    {"GapInYears", "id: x\nservice_hours: [09:00-12:00]\nyears:\n  - year: 2025\n  - year: 2027\n",
     "5:11: expected year 2026 after the one before, but found 2027"},
    {"YearOutOfRange", "id: x\nservice_hours: [09:00-12:00]\nyears: [{year: 25}]\n",
     "3:16: expected a year from 1900 to 2999, but found 25"},
    {"OffsetOutOfRange",
     "id: x\nutc_offset_minutes: 841\nyears: [{year: 2025}]\nservice_hours: [09:00-12:00]\n",
     "2:21: expected -840 to 840 minutes, but found 841"},
    {"VersionGiven", "id: x\nversion: 3\nyears: [{year: 2025}]\nservice_hours: [09:00-12:00]\n",
     "2:10: expected no version; it is given on publication"},
    {"NoServiceHours", "id: x\nyears: [{year: 2025}]\n",
     "1:1: expected at least one span of service hours"},
    {"HoursOfAnotherForm", WithHours("[9-12]"), "3:17: expected hours such as `09:00-12:00`"},
    {"HoursPastMidnight", WithHours("[09:00-24:01]"), "3:17: expected hours such as `09:00-12:00`"},
    {"HoursThatEndEarlier", WithHours("[12:00-09:00]"),
     "3:17: expected hours that end after they begin and by 24:00"},
    {"HoursThatOverlap", WithHours("[09:00-12:00, 11:59-13:00]"),
     "3:30: expected hours in ascending order that do not overlap"},
    {"HoursOutOfOrder", WithHours("[13:00-17:00, 09:00-12:00]"),
     "3:30: expected hours in ascending order that do not overlap"},
};

INSTANTIATE_TEST_SUITE_P(All, CalendarDocumentRefusalTest, testing::ValuesIn(kRefusals),
                         [](const auto& row) { return row.param.name; });

TEST(CalendarDocumentTest, HoursAreReadAsMinutesUpToMidnight) {
  auto read = ReadCalendar({"c.yaml", WithHours("[00:00-08:30, 08:30-24:00]")});
  ASSERT_THAT(read.problems, IsEmpty());
  EXPECT_EQ(read.message.service_hours(0).to_minute(), 510u);
  EXPECT_EQ(read.message.service_hours(1).to_minute(), 1440u);
}

class CalendarDirectoryTest : public testing::Test {
 protected:
  CalendarDirectoryTest() {
    Write("calendar.yaml", "id: x\nservice_hours: [09:00-12:00]\n");
    Write("2025.yaml", "year: 2025\n");
  }
  ~CalendarDirectoryTest() override { fs::remove_all(directory_); }

  void Write(const std::string& file, const std::string& text) {
    fs::create_directories(directory_);
    std::ofstream(directory_ / file) << text;
  }
  std::vector<std::string> ProblemsOfReading() {
    auto lines = Formatted(ReadCalendarDirectory(directory_).problems);
    for (std::string& line : lines) line = line.substr(directory_.string().size() + 1);
    return lines;
  }

  fs::path directory_ =
      fs::path(testing::TempDir()) /
      (std::string("calendar_") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(CalendarDirectoryTest, YearsAreMergedInAscendingOrder) {
  Write("2024.yaml", "year: 2024\n");
  auto read = ReadCalendarDirectory(directory_);
  ASSERT_THAT(read.problems, IsEmpty());
  ASSERT_EQ(read.message.years_size(), 2);
  EXPECT_EQ(read.message.years(0).year(), 2024u);
}

TEST_F(CalendarDirectoryTest, ProblemsPointIntoTheFileOfTheYear) {
  Write("2026.yaml", "year: 2026\ndays:\n  - {date: 2026-02-30, kind: workday}\n");
  EXPECT_THAT(ProblemsOfReading(),
              ElementsAre("2026.yaml:3:12: expected a date that exists, as YYYY-MM-DD, but found "
                          "`2026-02-30`"));
}

TEST_F(CalendarDirectoryTest, AYearThatIsMissingIsNamedWhereTheNextOneStands) {
  Write("2027.yaml", "year: 2027\n");
  EXPECT_THAT(
      ProblemsOfReading(),
      ElementsAre("2027.yaml:1:7: expected year 2026 after the one before, but found 2027"));
}

TEST_F(CalendarDirectoryTest, AFileIsNamedAfterItsYear) {
  Write("2026.yaml", "year: 2062\n");
  EXPECT_THAT(
      ProblemsOfReading(),
      ElementsAre("2026.yaml:1:7: expected the year that the file is named after, but found "
                  "2062"));
}

TEST_F(CalendarDirectoryTest, ADirectoryWithoutCalendarIsRefused) {
  fs::remove(directory_ / "calendar.yaml");
  EXPECT_THAT(ProblemsOfReading(), ElementsAre("calendar.yaml:1:1: cannot be read"));
}

TEST(ImportHolidayCnTest, AYearIsTakenOver) {
  auto imported = ImportHolidayCn({"2019.json", R"({
    "$schema": "s", "$id": "i", "year": 2019, "papers": ["http://a"],
    "days": [{"name": "元旦", "date": "2018-12-29", "isOffDay": false},
             {"name": "元旦", "date": "2019-01-01", "isOffDay": true}]})"});
  ASSERT_THAT(Formatted(imported.problems), IsEmpty());
  EXPECT_EQ(imported.message.year(), 2019u);
  EXPECT_THAT(imported.message.sources(), ElementsAre("http://a"));
  EXPECT_EQ(imported.message.days(0).kind(), CalendarDay::WORKDAY);
  EXPECT_EQ(imported.message.days(1).kind(), CalendarDay::HOLIDAY);
  EXPECT_EQ(imported.message.days(1).name(), "元旦");
}

class ImportHolidayCnRefusalTest : public testing::TestWithParam<Refusal> {};

TEST_P(ImportHolidayCnRefusalTest, IsReportedWithItsPlace) {
  EXPECT_THAT(Formatted(ImportHolidayCn({"2025.json", GetParam().text}).problems),
              ElementsAre("2025.json:" + GetParam().problem));
}

std::string JsonOf(const std::string& day) {
  return "{\"year\": 2025, \"papers\": [], \"days\": [\n  " + day + "\n]}\n";
}

const Refusal kImportRefusals[] = {
    {"Malformed", "{\"year\": 2025,\n", "2:1: malformed YAML: end of map flow not found"},
    {"NoObject", "[]",
     "1:1: expected a mapping with `$schema`, `$id`, `year`, `papers` or `days`, "
     "but found a list"},
    {"NoYear", "{\"papers\": [], \"days\": []}", "1:1: expected the key `year`"},
    {"UnknownKey",
     JsonOf("{\"name\": \"a\", \"date\": \"2025-01-01\", \"isOffDay\": true, "
            "\"isOfDay\": true}"),
     "2:57: unknown key `\"isOfDay\"`; did you mean `isOffDay`?"},
    {"DuplicateKey", "{\"year\": 2025, \"papers\": [], \"days\": [], \"year\": 2025}",
     "1:42: duplicate key `\"year\"`"},
    {"NoKind", JsonOf("{\"name\": \"a\", \"date\": \"2025-01-01\"}"),
     "2:3: expected the key `isOffDay`"},
    {"KindAsText", JsonOf("{\"name\": \"a\", \"date\": \"2025-01-01\", \"isOffDay\": \"true\"}"),
     "2:51: expected `true` or `false`, but found `\"true\"`"},
    {"NoSuchDate", JsonOf("{\"name\": \"元旦\", \"date\": \"2025-02-30\", \"isOffDay\": true}"),
     "2:26: expected a date that exists, as YYYY-MM-DD, but found `2025-02-30`"},
    {"DaysNoList", "{\"year\": 2025, \"papers\": [], \"days\": {}}",
     "1:38: expected a list for `days`, but found a mapping"},
    {"YearAsText", "{\"year\": \"2025\", \"papers\": [], \"days\": []}",
     "1:10: expected a whole number without quotes, but found `\"2025\"`"},
};

INSTANTIATE_TEST_SUITE_P(All, ImportHolidayCnRefusalTest, testing::ValuesIn(kImportRefusals),
                         [](const auto& row) { return row.param.name; });

TEST(ImportHolidayCnTest, TheSourceFilesGiveTheShippedYears) {
  const char* set = std::getenv("ONEWINDOW_SHARED");
  fs::path source = fs::path(set ? set : ONEWINDOW_SOURCE_DIR "/../shared") / "data/calendars";
  if (!fs::exists(source)) GTEST_SKIP() << "no source data in " << source;
  auto shipped = ReadCalendarDirectory(ONEWINDOW_SOURCE_DIR "/deploy/calendars/china");
  ASSERT_THAT(Formatted(shipped.problems), IsEmpty());
  ASSERT_EQ(shipped.message.years_size(), 12);
  for (const CalendarYear& year : shipped.message.years()) {
    fs::path file = source / (std::to_string(year.year()) + ".json");
    std::string text = FileText(file);
    auto imported = ImportHolidayCn({file.string(), text});
    ASSERT_THAT(Formatted(imported.problems), IsEmpty());
    EXPECT_TRUE(MessageDifferencer::Equals(imported.message, year)) << year.year();
  }
}

}  // namespace
}  // namespace onewindow
