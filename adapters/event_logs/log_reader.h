#pragma once

#include <filesystem>
#include <optional>

#include "adapters/event_logs/log_row.h"
#include "adapters/event_logs/row_intake.h"
#include "adapters/event_logs/row_mapper.h"
#include "engine/base/result.h"

namespace onewindow {

// What a log held. A file that is broken somewhere has been read up to there.
struct LogReading {
  RowCounts rows;
  // Where and how the file is broken: "<file>:<line>:<column>: <what>".
  std::optional<Fault> broken;
};

// Reads a log once from beginning to end, CSV or XES, plain or gzipped, whichever its first bytes
// say, and delivers its rows in the order of the file. Memory does not depend on the size of the
// file. A fault where the file cannot be opened or read, or the sink's own.
Result<LogReading> ReadLog(const std::filesystem::path& path, const RowMapper& mapper,
                           const LogSink& sink);

}  // namespace onewindow
