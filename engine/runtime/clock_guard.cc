#include "engine/runtime/clock_guard.h"

#include <algorithm>

namespace onewindow {
namespace {

Instant OriginOf(const Moment& moment) { return moment.wall - moment.steady; }

// In whole days where it is more than one: minutes of years tell nobody anything.
std::string LengthOf(Duration jump) {
  if (const auto days = std::chrono::duration_cast<std::chrono::days>(jump); days.count() > 1) {
    return std::to_string(days.count()) + " days";
  }
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(jump);
  return std::to_string(minutes.count()) + " minutes";
}

std::string Explain(Duration jump, Instant wall) {
  return "the time of day, " + FormatInstant(wall, kBeijing) + ", lies " + LengthOf(jump) +
         " ahead of what was expected; writes wait until an administrator confirms it "
         "(onewindow clock confirm)";
}

}  // namespace

ClockGuard::ClockGuard(const Bounds& bounds, std::optional<Instant> last)
    : bounds_(bounds), last_(last) {}

std::optional<std::string> ClockGuard::WhyRefuse(const Moment& moment) const {
  if (origin_) {
    const Duration jump = OriginOf(moment) - *origin_;
    if (jump > bounds_.jump_max) return Explain(jump, moment.wall);
  } else if (last_ && moment.wall - *last_ > bounds_.downtime_max) {
    return Explain(moment.wall - *last_, moment.wall);
  }
  return std::nullopt;
}

Instant ClockGuard::Now(const Moment& moment) const {
  return last_ ? std::max(moment.wall, *last_) : moment.wall;
}

void ClockGuard::Recorded(const Moment& moment) {
  last_ = Now(moment);
  origin_ = origin_ ? std::max(*origin_, OriginOf(moment)) : OriginOf(moment);
}

void ClockGuard::Confirm(const Moment& moment) { origin_ = OriginOf(moment); }

}  // namespace onewindow
