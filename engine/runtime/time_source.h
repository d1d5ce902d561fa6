#pragma once

#include "engine/base/instant.h"

namespace onewindow {

// The door by which time comes in. Callable from any thread.
class TimeSource {
 public:
  virtual ~TimeSource() = default;
  // The time of day in UTC; may jump when an operator or a time server sets it.
  virtual Instant Now() const = 0;
  // Time since some fixed moment of this process; only ever runs on, at the same rate.
  virtual Duration Steady() const = 0;
};

// The machine's clocks.
class SystemTime final : public TimeSource {
 public:
  Instant Now() const override;
  Duration Steady() const override;
};

}  // namespace onewindow
