#pragma once

#include <cstdint>
#include <string_view>

namespace onewindow {

// A place in a text, after decompression: lines from 1, columns in bytes from 1. 0: not known.
struct TextPosition {
  uint64_t line = 0;
  uint64_t column = 0;
  friend bool operator==(const TextPosition&, const TextPosition&) = default;
};

// A value as it stands in the text; it belongs to the reader and lives until that goes on.
struct TextField {
  std::string_view text;
  TextPosition position;
};

}  // namespace onewindow
