#pragma once

#include <cstdint>
#include <string>

#include "adapters/event_logs/log_row.h"
#include "adapters/event_logs/row_mapper.h"

namespace onewindow {

struct RowCounts {
  uint64_t usable = 0;
  uint64_t unusable = 0;  // Reported as problems.
  uint64_t ignored = 0;   // Passed over as the mapping says.
};

// Where the readers of all formats hand in what they found: maps it, counts it, passes it on.
class RowIntake {
 public:
  // Requires: mapper and sink outlive the intake.
  RowIntake(std::string file, const RowMapper& mapper, const LogSink& sink)
      : file_(std::move(file)), mapper_(mapper), sink_(sink) {}

  const RowMapper& mapper() const { return mapper_; }
  const RowCounts& counts() const { return counts_; }

  // A fault of the sink ends the reading.
  Status Take(const RawRow& raw);
  void Refuse(RowProblem problem);

  // A fault in the structure of the file: "<file>:<line>:<column>: <what>".
  Fault Broken(TextPosition position, const std::string& what) const;

 private:
  std::string file_;
  const RowMapper& mapper_;
  const LogSink& sink_;
  RowCounts counts_;
};

}  // namespace onewindow
