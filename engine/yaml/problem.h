#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"

namespace onewindow {

// Where something stands in a text. Lines and columns count from 1, columns in characters.
struct Place {
  std::string file;
  int line = 1;
  int column = 1;
  friend bool operator==(const Place&, const Place&) = default;
};

// What is wrong with a document, and where. The message says what would be right.
struct Problem {
  std::string file;
  int line = 1;
  int column = 1;
  std::string message;
  friend bool operator==(const Problem&, const Problem&) = default;
};
using Problems = std::vector<Problem>;

// What is wrong with a message, by field path ("years[2].days[0].date", "" for the whole): for
// rules that hold wherever the message came from. Places turns it into a Problem.
struct Finding {
  std::string path;
  std::string message;
  friend bool operator==(const Finding&, const Finding&) = default;
};
using Findings = std::vector<Finding>;

Problem ProblemAt(const Place& place, std::string message);

// "file:line:column: message".
std::string FormatProblem(const Problem& problem);
// One problem a line, without a line end behind the last.
std::string FormatProblems(const Problems& problems);

// kInvalid, with everything that is wrong, one a line. Requires: at least one problem or finding.
Fault AsFault(const Problems& problems);
Fault AsFault(const Findings& findings);

}  // namespace onewindow
