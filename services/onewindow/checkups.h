#pragma once

#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/calendar/working_calendar.h"
#include "services/onewindow/diagnosis.h"
#include "services/onewindow/wire.h"

namespace onewindow {

// What the doctor looks at, one thing each.

// The State Council publishes the plan of the next year between October and December: a missing one
// is a warning from November on, for due dates become provisional. This year's missing is a fault.
Diagnosis CheckCoverage(const WorkingCalendar& calendar, Date today);

// Whether it is a data directory of a format that this program knows, and how far its log reached.
std::vector<Diagnosis> CheckDataDirectory(const std::string& directory);
// Free bytes on its file system; a fault below `free_bytes_min`, a warning below four times it.
Diagnosis CheckFreeSpace(const std::string& directory, uint64_t free_bytes_min);

// A file that only its owner may touch: a secret may not be read, a list of credentials not
// written, by anybody else.
enum class Guarded { kAgainstReading, kAgainstWriting };
Diagnosis CheckFile(const std::string& subject, const std::string& path, Guarded guarded);

// Whether the server answers, by its health service.
Diagnosis CheckServer(Wire& wire, const std::string& server);

}  // namespace onewindow
