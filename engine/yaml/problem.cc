#include "engine/yaml/problem.h"

namespace onewindow {

Problem ProblemAt(const Place& place, std::string message) {
  return {place.file, place.line, place.column, std::move(message)};
}

std::string FormatProblem(const Problem& problem) {
  return problem.file + ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column) +
         ": " + problem.message;
}

std::string FormatProblems(const Problems& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += FormatProblem(problem);
  }
  return text;
}

Fault AsFault(const Problems& problems) {
  CHECK(!problems.empty());
  return {FaultKind::kInvalid, FormatProblems(problems)};
}

Fault AsFault(const Findings& findings) {
  CHECK(!findings.empty());
  std::string text;
  for (const Finding& finding : findings) {
    if (!text.empty()) text += '\n';
    text += finding.path.empty() ? finding.message : finding.path + ": " + finding.message;
  }
  return {FaultKind::kInvalid, text};
}

}  // namespace onewindow
