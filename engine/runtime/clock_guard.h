#pragma once

#include <optional>
#include <string>

#include "engine/base/instant.h"

namespace onewindow {

// One look at both clocks.
struct Moment {
  Instant wall;     // Time of day.
  Duration steady;  // Time since some fixed moment.
};

// Decides what time it is for the engine. That time never goes back, and does not follow a time of
// day that jumps ahead of steadily passing time by more than the bound, until an operator confirms
// it: a jump would make deadlines pass that nobody saw coming.
class ClockGuard {
 public:
  struct Bounds {
    Duration jump_max;
    Duration downtime_max;
  };
  // `last` is when the last command was recorded; absent on an empty log.
  ClockGuard(const Bounds& bounds, std::optional<Instant> last);

  // Why nothing may be written at this moment; nothing when all is well.
  std::optional<std::string> WhyRefuse(const Moment& moment) const;
  // The engine's time: the time of day, but never before what was recorded last.
  Instant Now(const Moment& moment) const;
  // Something was recorded at Now(moment).
  void Recorded(const Moment& moment);
  // An operator has looked: the time of day is right.
  void Confirm(const Moment& moment);

 private:
  Bounds bounds_;
  std::optional<Instant> last_;
  // How far the time of day is ahead of the steady clock, at most so far; absent before the first
  // record of this process.
  std::optional<Instant> origin_;
};

}  // namespace onewindow
