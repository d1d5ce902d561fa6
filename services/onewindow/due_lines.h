#pragma once

#include <istream>
#include <ostream>
#include <string_view>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/calendar/working_calendar.h"
#include "engine/yaml/problem.h"

namespace onewindow {

// Format of a line, words separated by blanks:
//   line = date amount [ "calendar" ]
//   date = "YYYY-MM-DD"
//   amount = "0" .. "10000"               days; working days without the word behind it
// A calendar-day limit that would end on a day of rest ends on the next working day (民法典 203).

struct DueDate {
  Date date;
  bool provisional = false;  // It lies beyond the published calendar.
};

// A due date, or what is wrong with the line and where: the Problem's line is 1.
struct DueAnswer {
  DueDate due;
  Problems problems;
};
DueAnswer AnswerDueLine(const WorkingCalendar& calendar, std::string_view line);

// Writes one due date a line, with " provisional" behind it where it is. Lines that cannot be used
// are reported to `err` as "stdin:line:column: ..." and answered with nothing; blank ones are
// passed over. Gives how many could not be used.
size_t AnswerDueLines(const WorkingCalendar& calendar, std::istream& in, std::ostream& out,
                      std::ostream& err);

}  // namespace onewindow
