#pragma once

#include <cstdint>
#include <string>

namespace onewindow {

// Bytes that the file system of the directory has left for us; 0 where it does not answer.
uint64_t FreeBytes(const std::string& directory);

}  // namespace onewindow
