#include "adapters/event_logs/row_intake.h"

#include <utility>

namespace onewindow {

Status RowIntake::Take(const RawRow& raw) {
  auto mapped = mapper_.Map(raw);
  if (auto* problem = std::get_if<RowProblem>(&mapped)) {
    Refuse(std::move(*problem));
    return {};
  }
  if (std::holds_alternative<IgnoredRow>(mapped)) {
    ++counts_.ignored;
    return {};
  }
  ++counts_.usable;
  return sink_.on_row(std::get<LogRow>(mapped));
}

void RowIntake::Refuse(RowProblem problem) {
  ++counts_.unusable;
  sink_.on_problem(problem);
}

Fault RowIntake::Broken(TextPosition position, const std::string& what) const {
  return Fault{FaultKind::kInvalid, file_ + ":" + std::to_string(position.line) + ":" +
                                        std::to_string(position.column) + ": " + what};
}

}  // namespace onewindow
