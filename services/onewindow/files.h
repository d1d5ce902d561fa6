#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace onewindow {

// The whole file. kNotFound or kIo, naming it.
Result<std::string> ReadWholeFile(const std::filesystem::path& path);

// The files themselves, and of directories the *.yaml files in them, in order. kNotFound for what
// is not there.
Result<std::vector<std::filesystem::path>> DocumentFiles(const std::vector<std::string>& paths);

}  // namespace onewindow
