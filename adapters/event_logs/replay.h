#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "adapters/event_logs/row_mapper.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/calendar.pb.h"
#include "onewindow/v1/log_mapping.pb.h"
#include "onewindow/v1/replay_report.pb.h"

namespace onewindow {

// How far a replay is. Reading comes first, then living.
struct ReplayProgress {
  enum class Phase { kReading, kLiving };
  Phase phase = Phase::kReading;
  uint64_t done = 0;   // Bytes read, or occurrences lived.
  uint64_t total = 0;  // 0: not known.
};

struct ReplayOptions {
  std::filesystem::path log;
  // Made where there is none; refused where it holds a log already.
  std::filesystem::path data_directory;
  LogMapping mapping;
  // The calendar that the mapping names.
  Calendar calendar;
  std::function<void(const RowProblem&)> on_problem;
  std::function<void(const ReplayProgress&)> on_progress;
};

// Lives the cases of a log through the real engine in virtual time: each is received, accepted,
// stepped, decided and closed when the log says, and timers fire in between. Virtual time stops at
// the last event. Rows that cannot be used, and facts that the engine refuses, go to on_problem;
// the rest is done.
//
// Faults: those of Occurrences::Read and of the store. A broken log is lived up to where it breaks,
// and the fault is in `broken`.
struct Replayed {
  ReplayReport report;
  std::optional<Fault> broken;
};
Result<Replayed> Replay(const ReplayOptions& options);

}  // namespace onewindow
