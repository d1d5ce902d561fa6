#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/instant.h"
#include "engine/casework/context.h"

namespace onewindow {

// Bounds of the engine that an operator may set.
struct RuntimePolicy {
  // What the deciders see.
  Policy casework;
  // By how much the time of day may run ahead of steadily passing time between two commits, and
  // between the last commit and a restart, before writes wait for an operator.
  Duration clock_jump_max = std::chrono::hours(1);
  Duration downtime_max = std::chrono::days(30);
  // Submissions that may wait for the writer; beyond it they are refused as OVERLOADED.
  size_t queue_commands_max = 16384;
  size_t queue_bytes_max = 32 << 20;
  // Folds of the log are saved after so many commands.
  uint64_t checkpoint_commands = 20'000;
  // Decoded open cases that the writer keeps.
  size_t cached_cases = 20'000;
};

}  // namespace onewindow
