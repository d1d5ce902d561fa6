#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "engine/base/check.h"

namespace onewindow {

// A directory of its own, gone at the end.
class ScratchDirectory {
 public:
  explicit ScratchDirectory(
      const std::string& parent = std::filesystem::temp_directory_path().string()) {
    std::string name = parent + "/onewindow_XXXXXX";
    CHECK(::mkdtemp(name.data()) != nullptr) << name;
    path_ = name;
  }
  ~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

}  // namespace onewindow
