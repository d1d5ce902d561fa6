#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace onewindow {

// Replaces or creates a small file: after a crash it holds the old content or the new one, and once
// this has returned, the new one. `mode`: who may read and write it.
Status WriteDurably(const std::string& path, std::string_view content, mode_t mode = 0640);

// The whole content. kNotFound where there is no such file.
Result<std::string> ReadWhole(const std::string& path);

// Makes the names in a directory durable: a new file is on disk only when its name is.
Status SyncDirectory(const std::string& directory);

// A Fault for a failed call of the operating system, from errno: "<what> <path>: <why>".
Fault SystemFault(std::string_view what, const std::string& path);

// A file descriptor that is closed in the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  bool open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace onewindow
