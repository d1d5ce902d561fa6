#pragma once

#include <istream>
#include <ostream>
#include <string_view>

#include "engine/base/result.h"
#include "engine/yaml/problem.h"
#include "services/onewindow/exit_code.h"

namespace onewindow {

enum class Audience { kPerson, kProgram };

// What a command reads and writes. Results go to `out`, everything else to `err`.
struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  // Who reads `err`: progress bars are for persons, plain lines for programs.
  Audience audience = Audience::kProgram;
};

// "onewindow: message" on `err`.
void Complain(Terminal& terminal, std::string_view message);
// The same for a fault, and the code it ends a command with.
ExitCode Fail(Terminal& terminal, const Fault& fault);
// One problem a line, each "file:line:column: severity: message".
void PrintProblems(std::ostream& stream, std::string_view severity, const Problems& problems);

}  // namespace onewindow
