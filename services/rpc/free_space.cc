#include "services/rpc/free_space.h"

#include <filesystem>
#include <system_error>

namespace onewindow {

uint64_t FreeBytes(const std::string& directory) {
  std::error_code error;
  const auto space = std::filesystem::space(directory, error);
  return error ? 0 : space.available;
}

}  // namespace onewindow
