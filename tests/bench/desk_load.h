#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "onewindow/v1/answers.pb.h"
#include "tests/bench/desk_client.h"

namespace onewindow {

// Whole lives of cases, so many at once, one after the other until all are done.
struct LoadPlan {
  // What request ids begin with: new for each load on the same data.
  std::string run;
  uint64_t cases = 0;
  // Calls under way at any time, shared out evenly among the clients.
  size_t callers = 0;
};

struct LoadReport {
  // What was wrong with the first call that went wrong; empty: every answer was as it must be.
  std::string wrong;
  uint64_t calls = 0;
  double seconds = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  // The six answers that one of the cases got, in order.
  std::vector<CommandOutcome> whole_life;

  double CallsPerSecond() const { return static_cast<double>(calls) / seconds; }
};

LoadReport RunLoad(const std::vector<std::unique_ptr<DeskClient>>& clients, const LoadPlan& plan);

}  // namespace onewindow
