#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace onewindow {

struct Token {
  enum class Kind { kEnd, kName, kNumber, kText, kSymbol };
  Kind kind = Kind::kEnd;
  // As it stands; of a text what it says, without quotes and escapes.
  std::string text = {};
  // In characters, from 1.
  int column = 1;
};

// The tokens of a condition, kEnd last. kInvalid where a character belongs to none: the message
// says the column, and what to write instead where that can be guessed ("＞" for ">").
Result<std::vector<Token>> Tokenise(std::string_view text);

// The fault of a condition that cannot be understood.
Fault SyntaxFault(int column, const std::string& message);

}  // namespace onewindow
