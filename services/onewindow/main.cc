#include <unistd.h>

#include <exception>
#include <iostream>

#include "services/onewindow/command_line.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  onewindow::Terminal terminal{.in = std::cin,
                               .out = std::cout,
                               .err = std::cerr,
                               .audience = isatty(STDERR_FILENO) == 1
                                               ? onewindow::Audience::kPerson
                                               : onewindow::Audience::kProgram};
  std::vector<std::string> arguments(argv + 1, argv + argc);
  try {
    return static_cast<int>(onewindow::RunCommandLine(arguments, terminal));
  } catch (const std::exception& bug) {
    std::cerr << "onewindow: " << bug.what() << '\n';
    return static_cast<int>(onewindow::ExitCode::kUnavailable);
  }
}
