#include <algorithm>

#include "engine/base/check.h"
#include "engine/casework/appliers.h"
#include "engine/clock/run.h"

namespace onewindow {
namespace {

Clock& ClockOf(CaseRecord& record, uint32_t clock_id) {
  CHECK(clock_id >= 1 && static_cast<int>(clock_id) <= record.clocks_size())
      << "case " << record.id() << " has no clock " << clock_id;
  return *record.mutable_clocks(static_cast<int>(clock_id) - 1);
}

}  // namespace

void ApplyFact(CaseRecord& record, const PauseStarted& fact, EventAt) {
  *record.add_pauses() = fact.pause();
  record.set_last_pause_id(fact.pause().id());
}

void ApplyFact(CaseRecord& record, const PauseEnded& fact, EventAt) {
  auto& pauses = *record.mutable_pauses();
  auto ended = std::find_if(pauses.begin(), pauses.end(),
                            [&](const Pause& pause) { return pause.id() == fact.pause_id(); });
  CHECK(ended != pauses.end()) << "case " << record.id() << " has no pause " << fact.pause_id();
  pauses.erase(ended);
}

void ApplyFact(CaseRecord& record, const LimitExtended&, EventAt) {
  record.set_extensions(record.extensions() + 1);
}

void ApplyFact(CaseRecord& record, const ClockStarted& fact, EventAt when) {
  CHECK(static_cast<int>(fact.clock().id()) == record.clocks_size() + 1) << record.id();
  Clock& clock = *record.add_clocks();
  clock = fact.clock();
  clock.mutable_ledger(0)->set_opened_by(when.sequence);
}

void ApplyFact(CaseRecord& record, const ClockPaused& fact, EventAt when) {
  Apply(ClockOf(record, fact.clock_id()), fact, when.sequence);
}

void ApplyFact(CaseRecord& record, const ClockResumed& fact, EventAt when) {
  Apply(ClockOf(record, fact.clock_id()), fact, when.sequence);
}

void ApplyFact(CaseRecord& record, const ClockExtended& fact, EventAt) {
  Apply(ClockOf(record, fact.clock_id()), fact);
}

void ApplyFact(CaseRecord& record, const ClockStopped& fact, EventAt when) {
  Apply(ClockOf(record, fact.clock_id()), fact, when.sequence);
}

void ApplyFact(CaseRecord& record, const ClockAnnulled& fact, EventAt when) {
  Apply(ClockOf(record, fact.clock_id()), fact, when.sequence);
}

void ApplyFact(CaseRecord& record, const AlarmFired& fact, EventAt) {
  Apply(ClockOf(record, fact.clock_id()), fact);
}

void ApplyFact(CaseRecord& record, const CardIssued&, EventAt) {
  record.set_cards(record.cards() + 1);
}

}  // namespace onewindow
