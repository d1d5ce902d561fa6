#pragma once

#include "engine/base/ids.h"
#include "engine/yaml/problem.h"
#include "onewindow/v1/calendar.pb.h"

namespace onewindow {

// Everything that keeps a calendar from being used: an id that is no name, years that are missing,
// out of order or with a gap, days that do not exist, are out of order, said twice, of no kind, or
// of another year (December of the year before excepted), holidays without a name, service hours
// that are missing, out of order or overlap. Nothing: it can be used.
Findings CheckCalendar(const Calendar& calendar);

// The same for the plan of one year, with paths from the year on ("days[2].date").
Findings CheckCalendarYear(const CalendarYear& year);

}  // namespace onewindow
