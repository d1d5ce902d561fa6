#pragma once

#include <string>
#include <string_view>

#include "engine/base/check.h"

namespace onewindow {

// The text with the first `from` made `to`: a good document with one fault. Requires: it is there.
inline std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  size_t at = text.find(from);
  CHECK(at != std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

}  // namespace onewindow
