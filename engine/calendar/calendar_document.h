#pragma once

#include <filesystem>

#include "engine/base/ids.h"
#include "engine/yaml/load.h"
#include "onewindow/v1/calendar.pb.h"

namespace onewindow {

// Format: a calendar is a directory with calendar.yaml (a Calendar, service hours written
// "09:00-12:00") and one file for each further year, named after it: 2025.yaml (a CalendarYear).

// One text with a whole calendar, read and checked.
Loaded<Calendar> ReadCalendar(const YamlText& source);

// A directory as above, its years merged in ascending order, read and checked. Problems point into
// the file they come from.
Loaded<Calendar> ReadCalendarDirectory(const std::filesystem::path& directory);

// One year of the public data set holiday-cn (JSON with "year", "papers" and "days" of "name",
// "date", "isOffDay"), read as strictly as our own documents and checked. isOffDay false is a
// make-up workday.
Loaded<CalendarYear> ImportHolidayCn(const YamlText& source);

}  // namespace onewindow
