#include "services/onewindow/share.h"

#include <cstdlib>
#include <vector>

namespace onewindow {
namespace {

namespace fs = std::filesystem;

constexpr char kCalendars[] = "calendars";

bool IsDirectory(const fs::path& path) {
  std::error_code unreadable;  // Then it is of no use either.
  return fs::is_directory(path, unreadable);
}

}  // namespace

Result<fs::path> ShareDirectory() {
  std::vector<fs::path> candidates;
  if (const char* share = std::getenv("ONEWINDOW_SHARE"); share != nullptr && *share != '\0') {
    candidates.push_back(share);
  } else {
    std::error_code unreadable;
    auto program = fs::read_symlink("/proc/self/exe", unreadable);
    candidates.push_back((program.parent_path() / "../../deploy").lexically_normal());
    candidates.push_back("/usr/share/onewindow");
  }
  std::string tried;
  for (const fs::path& candidate : candidates) {
    if (IsDirectory(candidate / kCalendars)) return candidate;
    tried += (tried.empty() ? "" : " or ") + candidate.string();
  }
  return Fault{FaultKind::kNotFound, "found no shipped documents in " + tried +
                                         "; name a calendar's directory with --calendar, or set "
                                         "ONEWINDOW_SHARE"};
}

Result<fs::path> CalendarDirectory(const std::string& path_or_name) {
  if (IsDirectory(path_or_name)) return fs::path(path_or_name);
  if (path_or_name.find('/') != std::string::npos) {
    return Fault{FaultKind::kNotFound, path_or_name + ": no such directory"};
  }
  auto share = ShareDirectory();
  if (!share.ok()) return share.fault();
  fs::path shipped = share.value() / kCalendars / path_or_name;
  if (IsDirectory(shipped)) return shipped;
  return Fault{FaultKind::kNotFound, "calendar `" + path_or_name +
                                         "`: neither a directory nor one of " +
                                         (share.value() / kCalendars).string()};
}

}  // namespace onewindow
