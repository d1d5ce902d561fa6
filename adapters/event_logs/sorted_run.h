#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace onewindow {

// A record of a sort; keys are compared byte by byte. It lives until its source goes on.
struct SortRecord {
  std::string_view key;
  std::string_view value;
};

// A file of records in the order of their keys, written once and then read once. The file has no
// name from the moment it exists, so that it vanishes with the run, and with the process however it
// ends.
//
// Format: *(key-size value-size key value), both sizes as four bytes of this machine.
class SortedRun {
 public:
  // kIo where no file can be created in the directory.
  static Result<std::unique_ptr<SortedRun>> Create(const std::filesystem::path& directory,
                                                   size_t buffer_bytes);

  SortedRun(const SortedRun&) = delete;
  SortedRun& operator=(const SortedRun&) = delete;
  ~SortedRun();

  // kNoSpace where the disk is full.
  Status Append(const SortRecord& record);
  // Writes what is buffered and turns to the first record. Requires: called once, after all Append.
  Status Rewind();

  // Steps to the next record; current() is nothing behind the last.
  Status Advance();
  const std::optional<SortRecord>& current() const { return current_; }

 private:
  SortedRun(int descriptor, std::filesystem::path directory, size_t buffer_bytes);

  Status Flush();
  Status Refill(size_t wanted);

  int descriptor_;
  std::filesystem::path directory_;
  size_t buffer_bytes_;
  std::string buffer_;
  size_t used_ = 0;  // Of buffer_, while reading.
  uint64_t unread_bytes_ = 0;
  std::optional<SortRecord> current_;
};

}  // namespace onewindow
