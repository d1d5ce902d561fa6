#include "adapters/event_logs/external_sort.h"

#include <algorithm>
#include <utility>

namespace onewindow {
namespace {

// So many runs are merged at once: their files are open, and each has a buffer.
constexpr size_t kRunsMax = 32;
constexpr size_t kRunBufferBytesMin = 4 << 10;
constexpr size_t kRunBufferBytesMax = 1 << 20;

// Orders indexes of runs so that the heap has the run with the least record in front, among equal
// keys the earliest run.
struct LaterRun {
  const std::vector<std::unique_ptr<SortedRun>>& runs;

  bool operator()(size_t a, size_t b) const {
    int order = runs[a]->current()->key.compare(runs[b]->current()->key);
    return order != 0 ? order > 0 : a > b;
  }
};

}  // namespace

ExternalSort::ExternalSort(Options options) : options_(std::move(options)) {}

Status ExternalSort::Add(std::string_view key, std::string_view value) {
  // Grown to its full size at once, the arena is never copied; pages not used cost nothing.
  if (arena_.empty()) arena_.reserve(options_.memory_bytes);
  size_t record_bytes = key.size() + value.size() + sizeof(Entry);
  if (!entries_.empty() && memory_used() + record_bytes > options_.memory_bytes) {
    if (Status status = Spill(); !status.ok()) return status;
  }
  entries_.push_back({.offset = arena_.size(),
                      .key_bytes = static_cast<uint32_t>(key.size()),
                      .value_bytes = static_cast<uint32_t>(value.size())});
  arena_.append(key).append(value);
  return {};
}

Status ExternalSort::Finish() {
  if (runs_.empty()) {
    SortEntries();
    return {};
  }
  if (Status status = Spill(); !status.ok()) return status;
  arena_ = std::string();
  entries_ = std::vector<Entry>();
  return StartMerge();
}

Result<std::optional<SortRecord>> ExternalSort::Next() {
  if (runs_.empty()) {
    if (next_entry_ == entries_.size()) return std::optional<SortRecord>();
    return std::optional(RecordOf(entries_[next_entry_++]));
  }
  if (step_pending_) {
    if (Status status = AdvanceRun(heap_.front()); !status.ok()) return status.fault();
  }
  auto least = LeastRun();
  step_pending_ = least.has_value();
  if (!least) return std::optional<SortRecord>();
  return runs_[*least]->current();
}

SortRecord ExternalSort::RecordOf(const Entry& entry) const {
  std::string_view arena = arena_;
  return {.key = arena.substr(entry.offset, entry.key_bytes),
          .value = arena.substr(entry.offset + entry.key_bytes, entry.value_bytes)};
}

void ExternalSort::SortEntries() {
  std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) {
    int order = RecordOf(a).key.compare(RecordOf(b).key);
    return order != 0 ? order < 0 : a.offset < b.offset;
  });
}

Status ExternalSort::Spill() {
  if (runs_.size() == kRunsMax) {
    if (Status status = MergeRuns(); !status.ok()) return status;
  }
  SortEntries();
  size_t buffer_bytes =
      std::clamp(options_.memory_bytes / kRunsMax, kRunBufferBytesMin, kRunBufferBytesMax);
  auto run = SortedRun::Create(options_.directory, buffer_bytes);
  if (!run.ok()) return run.fault();
  for (const Entry& entry : entries_) {
    if (Status status = run.value()->Append(RecordOf(entry)); !status.ok()) return status;
  }
  runs_.push_back(std::move(run).value());
  arena_.clear();
  entries_.clear();
  return {};
}

// Makes one run of all: it takes the place of the earliest.
Status ExternalSort::MergeRuns() {
  if (Status status = StartMerge(); !status.ok()) return status;
  auto merged = SortedRun::Create(options_.directory, kRunBufferBytesMax);
  if (!merged.ok()) return merged.fault();
  while (auto least = LeastRun()) {
    if (Status status = merged.value()->Append(*runs_[*least]->current()); !status.ok()) {
      return status;
    }
    if (Status status = AdvanceRun(*least); !status.ok()) return status;
  }
  runs_.clear();
  runs_.push_back(std::move(merged).value());
  return {};
}

Status ExternalSort::StartMerge() {
  heap_.clear();
  for (size_t run = 0; run < runs_.size(); ++run) {
    if (Status status = runs_[run]->Rewind(); !status.ok()) return status;
    if (runs_[run]->current()) heap_.push_back(run);
  }
  std::make_heap(heap_.begin(), heap_.end(), LaterRun{runs_});
  return {};
}

std::optional<size_t> ExternalSort::LeastRun() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front();
}

Status ExternalSort::AdvanceRun(size_t run) {
  std::pop_heap(heap_.begin(), heap_.end(), LaterRun{runs_});
  if (Status status = runs_[run]->Advance(); !status.ok()) return status;
  if (!runs_[run]->current()) {
    heap_.pop_back();
  } else {
    std::push_heap(heap_.begin(), heap_.end(), LaterRun{runs_});
  }
  return {};
}

}  // namespace onewindow
