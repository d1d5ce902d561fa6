#pragma once

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/clock.pb.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {

class WorkingCalendar;

// What a clock is projected with: the days, and when lights change and cards are issued.
struct ClockRules {
  const WorkingCalendar& calendar;
  const Thresholds& thresholds;
};

// Each function gives the event; nothing changes until it is applied. Instants before the last
// ledger entry are moved to it: a ledger is in ascending order.

struct ClockStart {
  uint32_t id;
  ClockKind kind;
  std::string subject;
  std::string organisation;
  Limit limit;
  Instant at;
};
ClockStarted StartClock(const ClockStart& start, const ClockRules& rules);

// Requires: IsRunning(clock).
ClockPaused PauseClock(const Clock& clock, Instant at);
// Requires: IsPaused(clock) or IsStopped(clock); a stopped one resumes its consumption.
ClockResumed ResumeClock(const Clock& clock, Instant at, const ClockRules& rules);
// Requires: !IsStopped(clock). A paused clock takes the grant and is projected when it resumes.
ClockExtended ExtendClock(const Clock& clock, const Grant& grant, const ClockRules& rules);
// Requires: !IsStopped(clock).
ClockStopped StopClock(const Clock& clock, Instant at);

// `sequence`: of the command whose event it is.
void Apply(Clock& clock, const ClockPaused& event, uint64_t sequence);
void Apply(Clock& clock, const ClockResumed& event, uint64_t sequence);
void Apply(Clock& clock, const ClockExtended& event);
void Apply(Clock& clock, const ClockStopped& event, uint64_t sequence);
void Apply(Clock& clock, const ClockAnnulled& event, uint64_t sequence);
void Apply(Clock& clock, const AlarmFired& event);

}  // namespace onewindow
