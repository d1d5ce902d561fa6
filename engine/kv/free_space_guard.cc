#include "engine/kv/free_space_guard.h"

#include <sys/statvfs.h>

#include <utility>

#include "engine/kv/durable_file.h"

namespace onewindow {
namespace {

std::string Mebibytes(uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

}  // namespace

FreeSpaceGuard::FreeSpaceGuard(std::string directory, uint64_t free_bytes_min)
    : directory_(std::move(directory)), free_bytes_min_(free_bytes_min) {}

Status FreeSpaceGuard::Check() const {
  if (free_bytes_min_ == 0) return {};
  struct statvfs disk = {};
  if (::statvfs(directory_.c_str(), &disk) != 0) {
    Fault fault = SystemFault("Cannot ask for the free space of", directory_);
    fault.kind = FaultKind::kIo;
    return fault;
  }
  const uint64_t free_bytes = uint64_t{disk.f_bavail} * disk.f_frsize;
  if (free_bytes >= free_bytes_min_) return {};
  return Fault{FaultKind::kNoSpace, "The disk of " + directory_ + " has " + Mebibytes(free_bytes) +
                                        " free, and writes need " + Mebibytes(free_bytes_min_) +
                                        ": reads go on, free some space to write again"};
}

}  // namespace onewindow
