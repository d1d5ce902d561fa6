#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace onewindow {

// An opaque place in a list. It is bound to the list and its filter, so that it is refused anywhere
// else, and says nothing to people: hexadecimal of hash(8) of the list's name | place.
std::string MakeCursor(std::string_view list, std::string_view place);
// The place; nothing for an empty cursor, which is the beginning. kInvalid for a cursor that was
// not made for this list.
Result<std::optional<std::string>> PlaceOfCursor(std::string_view list, std::string_view cursor);

}  // namespace onewindow
