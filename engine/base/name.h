#pragma once

#include <cstddef>
#include <string_view>

namespace onewindow {

inline constexpr size_t kNameBytesMax = 40;

// The names that documents give to things: 1 to 40 of a-z, 0-9 and '-'.
constexpr bool IsName(std::string_view text) {
  if (text.empty() || text.size() > kNameBytesMax) return false;
  for (char c : text) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
  }
  return true;
}

}  // namespace onewindow
