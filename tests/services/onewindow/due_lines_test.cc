#include "services/onewindow/due_lines.h"

#include <gtest/gtest.h>

#include <sstream>

#include "engine/calendar/calendar_document.h"

namespace onewindow {
namespace {

class DueLinesTest : public testing::Test {
 protected:
  DueLinesTest()
      : calendar_(WorkingCalendar::Make(
                      ReadCalendarDirectory(ONEWINDOW_SOURCE_DIR "/deploy/calendars/china").message)
                      .value()) {}

  // The due date, or "line:column message".
  std::string Answer(std::string_view line) const {
    DueAnswer answer = AnswerDueLine(calendar_, line);
    if (answer.problems.empty()) {
      return FormatDate(answer.due.date) + (answer.due.provisional ? " provisional" : "");
    }
    const Problem& problem = answer.problems.front();
    return std::to_string(problem.column) + " " + problem.message;
  }

  WorkingCalendar calendar_;
};

TEST_F(DueLinesTest, WorkingDaysSkipHolidaysAndCountMakeUpDays) {
  EXPECT_EQ(Answer("2025-09-26 5"), "2025-10-10");
  EXPECT_EQ(Answer("  2025-09-26\t5\r"), "2025-10-10");
}

TEST_F(DueLinesTest, CalendarDaysEndOnAWorkingDay) {
  EXPECT_EQ(Answer("2025-09-26 5 calendar"), "2025-10-09");
}

TEST_F(DueLinesTest, BeyondThePublishedCalendarIsProvisional) {
  EXPECT_EQ(Answer("2026-12-31 1"), "2027-01-01 provisional");
}

TEST_F(DueLinesTest, WhatIsWrongIsNamedWithItsColumn) {
  EXPECT_EQ(Answer("2025-9-26 5"), "1 expected a date such as `2025-09-26`");
  EXPECT_EQ(Answer("2025-09-26 "), "11 expected a number of days behind the date");
  EXPECT_EQ(Answer("2025-09-26 +5"), "12 expected a whole number of days from 0 to 10000");
  EXPECT_EQ(Answer("2025-09-26 10001"), "12 expected a whole number of days from 0 to 10000");
  EXPECT_EQ(Answer("2025-09-26 5 working"), "14 expected `calendar` for calendar days, or nothing");
  EXPECT_EQ(Answer("2025-09-26 5 calendar days"), "23 expected the end of the line");
  EXPECT_EQ(Answer("9999-12-31 5"), "12 expected a due date before the year 10000");
}

TEST_F(DueLinesTest, ADateBeforeTheCalendarIsRefusedWithItsFirstDay) {
  EXPECT_EQ(Answer("2014-12-31 5"),
            "1 Expected a date from 2015-01-01 on, the first day of calendar china, but got "
            "2014-12-31");
}

TEST_F(DueLinesTest, ALineWithoutAnEndAndBlankLinesAreFine) {
  std::istringstream in("\n \n2025-09-26 5\nx\n2025-09-26 20");
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(AnswerDueLines(calendar_, in, out, err), 1u);
  EXPECT_EQ(out.str(), "2025-10-10\n2025-10-30\n");
  EXPECT_EQ(err.str(), "stdin:4:1: expected a date such as `2025-09-26`\n");
}

}  // namespace
}  // namespace onewindow
