#include "services/onewindow/terminal.h"

namespace onewindow {

void Complain(Terminal& terminal, std::string_view message) {
  terminal.err << "onewindow: " << message << '\n';
}

ExitCode Fail(Terminal& terminal, const Fault& fault) {
  Complain(terminal, fault.message);
  switch (fault.kind) {
    case FaultKind::kInvalid:
    case FaultKind::kNotFound:
    case FaultKind::kExists:
      return ExitCode::kUsage;
    case FaultKind::kCorrupt:
    case FaultKind::kUnsupported:
      return ExitCode::kCheckFailed;
    case FaultKind::kIo:
    case FaultKind::kNoSpace:
    case FaultKind::kUnavailable:
    case FaultKind::kBug:
      return ExitCode::kUnavailable;
  }
  CHECK(false) << "a fault of no kind";
}

void PrintProblems(std::ostream& stream, std::string_view severity, const Problems& problems) {
  for (const Problem& problem : problems) {
    stream << problem.file << ':' << problem.line << ':' << problem.column << ": " << severity
           << ": " << problem.message << '\n';
  }
}

}  // namespace onewindow
