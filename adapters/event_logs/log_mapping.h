#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/yaml/problem.h"
#include "onewindow/v1/log_mapping.pb.h"

namespace onewindow {

// Reads a mapping file and checks it. kInvalid with everything that is wrong, each with file, line
// and column; kNotFound or kIo where it cannot be read.
Result<LogMapping> LoadLogMapping(const std::filesystem::path& path);

// What the mapping lacks and where it contradicts itself; nothing if it can be used.
Findings CheckLogMapping(const LogMapping& mapping);

// A zone of the IANA database by its plain name. Nothing for an unknown one, for a path, and for
// "localtime", with which the reading would depend on the machine.
std::optional<absl::TimeZone> FindTimeZone(const std::string& name);

}  // namespace onewindow
