#include "engine/runtime/time_source.h"

namespace onewindow {

Instant SystemTime::Now() const {
  return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

Duration SystemTime::Steady() const {
  return std::chrono::floor<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace onewindow
