#pragma once

#include <cstdint>
#include <string>

#include "engine/base/result.h"

namespace onewindow {

// Refuses writes while the disk is nearly full, so that the store below never meets a full one: a
// write that fails half way stops the server, a refused one only asks for space.
class FreeSpaceGuard {
 public:
  // `directory` lies on the file system that is watched. 0 bytes: no guard.
  FreeSpaceGuard(std::string directory, uint64_t free_bytes_min);

  // kNoSpace, with both numbers, while fewer bytes than the watermark are free for us; kIo where
  // the file system does not answer. One system call of about a microsecond: ask before each write.
  Status Check() const;

 private:
  std::string directory_;
  uint64_t free_bytes_min_;
};

}  // namespace onewindow
