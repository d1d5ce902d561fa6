#pragma once

#include <filesystem>
#include <string>

#include "engine/base/result.h"

namespace onewindow {

// Where the documents that ship with OneWindow lie: ONEWINDOW_SHARE, else `deploy` of the source
// tree that the program was built in, else /usr/share/onewindow. kNotFound if there is none of
// them.
Result<std::filesystem::path> ShareDirectory();

// The directory of a calendar: a path as it stands, or the name of one that ships.
Result<std::filesystem::path> CalendarDirectory(const std::string& path_or_name);

}  // namespace onewindow
