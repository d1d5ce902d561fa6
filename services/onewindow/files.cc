#include "services/onewindow/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace onewindow {

namespace fs = std::filesystem;

Result<std::string> ReadWholeFile(const fs::path& path) {
  std::error_code unreadable;
  if (fs::is_directory(path, unreadable)) {
    return Fault{FaultKind::kInvalid, path.string() + ": is a directory"};
  }
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (stream.good() || stream.eof()) return text;
  int reason = errno;
  return Fault{reason == ENOENT ? FaultKind::kNotFound : FaultKind::kIo,
               path.string() + ": " + (reason == 0 ? "cannot be read" : std::strerror(reason))};
}

Result<std::vector<fs::path>> DocumentFiles(const std::vector<std::string>& paths) {
  std::vector<fs::path> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) return Fault{FaultKind::kNotFound, path + ": no such file"};
    if (!fs::is_directory(path, error)) {
      files.emplace_back(path);
      continue;
    }
    auto first = static_cast<std::ptrdiff_t>(files.size());
    for (const auto& entry : fs::directory_iterator(path, error)) {
      if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
    if (error) return Fault{FaultKind::kIo, path + ": " + error.message()};
    std::sort(files.begin() + first, files.end());
  }
  return files;
}

}  // namespace onewindow
