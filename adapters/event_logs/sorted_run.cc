#include "adapters/event_logs/sorted_run.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace onewindow {
namespace {

struct Sizes {
  uint32_t key;
  uint32_t value;
};

Fault DiskFault(const char* what, const std::filesystem::path& directory) {
  bool full = errno == ENOSPC || errno == EDQUOT;
  return Fault{full ? FaultKind::kNoSpace : FaultKind::kIo,
               std::string(what) + " in " + directory.string() + ": " + std::strerror(errno)};
}

}  // namespace

Result<std::unique_ptr<SortedRun>> SortedRun::Create(const std::filesystem::path& directory,
                                                     size_t buffer_bytes) {
  std::string name = (directory / "sort-XXXXXX").string();
  int descriptor = mkstemp(name.data());
  if (descriptor < 0) return DiskFault("cannot create a file for sorting", directory);
  unlink(name.c_str());
  return std::unique_ptr<SortedRun>(new SortedRun(descriptor, directory, buffer_bytes));
}

SortedRun::SortedRun(int descriptor, std::filesystem::path directory, size_t buffer_bytes)
    : descriptor_(descriptor), directory_(std::move(directory)), buffer_bytes_(buffer_bytes) {}

SortedRun::~SortedRun() { close(descriptor_); }

Status SortedRun::Append(const SortRecord& record) {
  Sizes sizes{.key = static_cast<uint32_t>(record.key.size()),
              .value = static_cast<uint32_t>(record.value.size())};
  buffer_.append(reinterpret_cast<const char*>(&sizes), sizeof sizes);
  buffer_.append(record.key).append(record.value);
  if (buffer_.size() < buffer_bytes_) return {};
  return Flush();
}

Status SortedRun::Flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    ssize_t count = write(descriptor_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return DiskFault("cannot write while sorting", directory_);
    rest.remove_prefix(static_cast<size_t>(count));
    unread_bytes_ += static_cast<uint64_t>(count);
  }
  buffer_.clear();
  return {};
}

Status SortedRun::Rewind() {
  if (Status status = Flush(); !status.ok()) return status;
  if (lseek(descriptor_, 0, SEEK_SET) < 0)
    return DiskFault("cannot read while sorting", directory_);
  return Advance();
}

Status SortedRun::Advance() {
  current_.reset();
  if (used_ == buffer_.size() && unread_bytes_ == 0) return {};
  Sizes sizes;
  if (Status status = Refill(sizeof sizes); !status.ok()) return status;
  std::memcpy(&sizes, buffer_.data() + used_, sizeof sizes);
  size_t record_bytes = sizeof sizes + sizes.key + sizes.value;
  if (Status status = Refill(record_bytes); !status.ok()) return status;
  auto record = std::string_view(buffer_).substr(used_ + sizeof sizes, record_bytes - sizeof sizes);
  current_ = SortRecord{.key = record.substr(0, sizes.key), .value = record.substr(sizes.key)};
  used_ += record_bytes;
  return {};
}

// Makes `wanted` bytes available in the buffer behind used_.
Status SortedRun::Refill(size_t wanted) {
  if (buffer_.size() - used_ >= wanted) return {};
  buffer_.erase(0, used_);
  used_ = 0;
  size_t filled = buffer_.size();
  size_t goal = std::max(wanted, std::min<size_t>(buffer_bytes_, filled + unread_bytes_));
  buffer_.resize(goal);
  while (filled < goal) {
    ssize_t count = read(descriptor_, buffer_.data() + filled, goal - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return DiskFault("cannot read while sorting", directory_);
    if (count == 0) {
      return Fault{FaultKind::kCorrupt, "a file for sorting in " + directory_.string() +
                                            " is shorter than it was written"};
    }
    filled += static_cast<size_t>(count);
    unread_bytes_ -= static_cast<uint64_t>(count);
  }
  return {};
}

}  // namespace onewindow
