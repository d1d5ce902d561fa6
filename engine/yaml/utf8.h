#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace onewindow {

// The position of the first byte that begins no well-formed UTF-8 character, if any.
std::optional<size_t> FindInvalidUtf8(std::string_view text);

// Characters that begin in the text. Requires nothing: bytes that continue a character do not
// count.
int CountCharacters(std::string_view text);

// At most 60 characters of the text, with "..." where some were left out, on one line.
std::string Shortened(std::string_view text);

}  // namespace onewindow
