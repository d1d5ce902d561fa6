#pragma once

#include <cerrno>
#include <cstdint>
#include <sstream>
#include <string>

namespace onewindow {

inline constexpr char kDiskFaultVariable[] = "ONEWINDOW_DISK_FAULT";

// How the disk of a process fails into which failing_disk.so is preloaded. Requires: no blanks in
// paths.
struct DiskFault {
  enum class Call { kWrite, kSync };  // write and pwrite; fsync and fdatasync.
  enum class Lasting { kOnce, kForGood };

  Call call = Call::kWrite;
  int error = EIO;
  // Calls count once the switch file is there, and only on files whose path has this part.
  uint64_t nth = 1;
  Lasting lasting = Lasting::kForGood;
  std::string path_part = {};
  std::string switch_file = {};

  // There once the first call has failed.
  std::string StruckFile() const { return switch_file + ".struck"; }

  std::string ToText() const {
    std::ostringstream text;
    text << static_cast<int>(call) << ' ' << error << ' ' << nth << ' ' << static_cast<int>(lasting)
         << ' ' << path_part << ' ' << switch_file;
    return text.str();
  }
  static DiskFault FromText(const std::string& text) {
    DiskFault fault;
    int call_number = 0;
    int lasting_number = 0;
    std::istringstream words(text);
    words >> call_number >> fault.error >> fault.nth >> lasting_number >> fault.path_part >>
        fault.switch_file;
    fault.call = static_cast<Call>(call_number);
    fault.lasting = static_cast<Lasting>(lasting_number);
    return fault;
  }
};

}  // namespace onewindow
