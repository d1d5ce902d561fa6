// Preloaded into a server, it makes the server's disk fail. What it is told stands in the
// environment, in the form that DiskFault::ToText() of disk_fault.h writes.
//
// It calls the kernel directly, because it stands before the functions that it replaces. When a
// sync fails, what was written since the last good one is cut off: a kernel whose write-back failed
// keeps it only until the page is dropped, and nobody must have been told that it is there.

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "tests/support/disk_fault.h"

namespace onewindow {
namespace {

// Where nothing was told, nothing fails.
DiskFault ToldFault() {
  const char* text = std::getenv(kDiskFaultVariable);
  return text == nullptr ? DiskFault{} : DiskFault::FromText(text);
}

class FailingDisk {
 public:
  static FailingDisk& Get() {
    static FailingDisk disk;
    return disk;
  }

  // Whether this call is one of those that fail.
  bool Strikes(DiskFault::Call call, int file) {
    if (call != fault_.call || fault_.switch_file.empty() || !Concerns(file)) return false;
    if (::access(fault_.switch_file.c_str(), F_OK) != 0) return false;
    const uint64_t number = ++calls_;
    if (number == fault_.nth) {
      ::close(::open(fault_.StruckFile().c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    }
    return fault_.lasting == DiskFault::Lasting::kOnce ? number == fault_.nth
                                                       : number >= fault_.nth;
  }

  int Fail() const {
    errno = fault_.error;
    return -1;
  }

  void Synced(int file) {
    struct stat now = {};
    if (::fstat(file, &now) != 0) return;
    const std::lock_guard lock(mutex_);
    synced_bytes_[now.st_ino] = now.st_size;
  }

  void ForgetUnsynced(int file) {
    struct stat now = {};
    if (::fstat(file, &now) != 0 || !S_ISREG(now.st_mode)) return;
    const std::lock_guard lock(mutex_);
    const auto synced = synced_bytes_.find(now.st_ino);
    if (synced == synced_bytes_.end() || synced->second >= now.st_size) return;
    if (::ftruncate(file, synced->second) != 0) std::abort();
  }

 private:
  FailingDisk() : fault_(ToldFault()) {}

  bool Concerns(int file) const {
    char path[4096];
    const std::string link = "/proc/self/fd/" + std::to_string(file);
    const ssize_t length = ::readlink(link.c_str(), path, sizeof path);
    if (length <= 0) return false;
    const std::string_view where(path, static_cast<size_t>(length));
    // RocksDB's trace is written all the time, and nobody's data.
    return where.find(fault_.path_part) != std::string_view::npos && !where.ends_with("/LOG");
  }

  const DiskFault fault_;
  std::atomic<uint64_t> calls_ = 0;
  std::mutex mutex_;
  std::map<ino_t, off_t> synced_bytes_;  // Of each file, as of its last good sync.
};

int Sync(int number, int file) {
  FailingDisk& disk = FailingDisk::Get();
  if (disk.Strikes(DiskFault::Call::kSync, file)) {
    disk.ForgetUnsynced(file);
    return disk.Fail();
  }
  const auto result = static_cast<int>(::syscall(number, file));
  if (result == 0) disk.Synced(file);
  return result;
}

}  // namespace
}  // namespace onewindow

// A failing write leaves the first half of its bytes behind, as a full or dying disk does.

extern "C" ssize_t write(int file, const void* bytes, size_t count) {
  auto& disk = onewindow::FailingDisk::Get();
  if (!disk.Strikes(onewindow::DiskFault::Call::kWrite, file)) {
    return ::syscall(SYS_write, file, bytes, count);
  }
  ::syscall(SYS_write, file, bytes, count / 2);
  return disk.Fail();
}

extern "C" ssize_t pwrite(int file, const void* bytes, size_t count, off_t offset) {
  auto& disk = onewindow::FailingDisk::Get();
  if (!disk.Strikes(onewindow::DiskFault::Call::kWrite, file)) {
    return ::syscall(SYS_pwrite64, file, bytes, count, offset);
  }
  ::syscall(SYS_pwrite64, file, bytes, count / 2, offset);
  return disk.Fail();
}

extern "C" ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t offset) {
  return pwrite(file, bytes, count, offset);
}

extern "C" int fsync(int file) { return onewindow::Sync(SYS_fsync, file); }

extern "C" int fdatasync(int file) { return onewindow::Sync(SYS_fdatasync, file); }
