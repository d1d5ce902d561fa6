#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace onewindow {

// Columns that UTF-8 text takes on a terminal: two for wide and full-width characters (Chinese,
// their punctuation, emoji), none for combining marks, one for the rest. Source: Unicode TR 11.
size_t DisplayWidth(std::string_view text);

// The text with blanks behind it, to `width` columns; longer text stands as it is.
std::string PadTo(std::string text, size_t width);

// Without what could move a terminal's cursor or break a table: control characters become "?", line
// ends and tabs become one blank.
std::string OneLine(std::string_view text);

}  // namespace onewindow
