#pragma once

#include <string_view>
#include <vector>

namespace onewindow {

// Where the name of a field is not what people would call its flag, or does not explain itself.
struct FieldNote {
  std::string_view path;
  std::string_view flag;  // Empty: made of the field's name.
  std::string_view help;
};

// Of all requests: equal paths mean equal things.
const std::vector<FieldNote>& FieldNotes();

}  // namespace onewindow
