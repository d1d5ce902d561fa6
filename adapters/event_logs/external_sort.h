#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event_logs/sorted_run.h"
#include "engine/base/result.h"

namespace onewindow {

// Sorts any number of records by their keys, byte by byte, those with equal keys in the order in
// which they were added. What does not fit the memory goes to nameless files in `directory`, as
// sorted runs that are merged while reading.
class ExternalSort {
 public:
  struct Options {
    // Must exist and be writable.
    std::filesystem::path directory;
    // Of records, about; the merge takes as much for its buffers.
    size_t memory_bytes = 16 << 20;
  };

  explicit ExternalSort(Options options);

  // Requires: Finish has not been called; key and value are shorter than 4 GiB.
  Status Add(std::string_view key, std::string_view value);
  // All records have been added.
  Status Finish();
  // The records in order, nothing behind the last. Requires: Finish has succeeded.
  Result<std::optional<SortRecord>> Next();

 private:
  // A record in arena_.
  struct Entry {
    size_t offset;
    uint32_t key_bytes;
    uint32_t value_bytes;
  };

  SortRecord RecordOf(const Entry& entry) const;
  size_t memory_used() const { return arena_.size() + entries_.size() * sizeof(Entry); }
  void SortEntries();
  Status Spill();
  Status MergeRuns();
  Status StartMerge();
  // The run that holds the least record; nothing when all are at their end.
  std::optional<size_t> LeastRun() const;
  // Requires: `run` is LeastRun().
  Status AdvanceRun(size_t run);

  Options options_;
  std::string arena_;
  std::vector<Entry> entries_;
  size_t next_entry_ = 0;
  std::vector<std::unique_ptr<SortedRun>> runs_;  // In order of addition.
  std::vector<size_t> heap_;   // Indexes of runs with a record left, the least in front.
  bool step_pending_ = false;  // The record last returned is still current in its run.
};

}  // namespace onewindow
