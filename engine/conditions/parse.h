#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/conditions/expression.h"

namespace onewindow {

inline constexpr size_t kConditionBytesMax = 1000;
// How deep parentheses and `!` may stand in each other.
inline constexpr int kConditionDepthMax = 16;

// Reads a condition. kInvalid says in which column what was expected.
//
// Format: a part of the Common Expression Language (CEL), with its precedence:
//   condition = all { "||" all }
//   all       = part { "&&" part }
//   part      = "(" condition ")" | "!" inverted | "has" "(" field ")" | relation
//   inverted  = "(" condition ")" | "!" inverted | "has" "(" field ")" | field
//   relation  = operand ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) operand
//             | field "in" "[" constant { "," constant } "]" | field
//   operand   = field | constant
//   field     = "form" "." name
//   constant  = number | text | "true" | "false" | "date" "(" text ")"
Result<Expression> ParseCondition(std::string_view text);

}  // namespace onewindow
