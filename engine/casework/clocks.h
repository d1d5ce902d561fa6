#pragma once

#include <initializer_list>
#include <string_view>

#include "engine/casework/plan.h"

namespace onewindow {

// What decisions do to the clocks of a case, as events of the plan.
// Requires throughout: the context has a calendar and, but for enquiries, an item.

// The clock in force of a kind (and subject): the last one that was not annulled; null where none
// was started.
const Clock* FindClock(const CaseRecord& record, ClockKind kind, std::string_view subject = {});

struct NewClock {
  ClockKind kind;
  std::string_view subject = {};
  std::string_view organisation;
  const Limit& limit;
  Instant at;
};
// Starts nothing where the item sets no such limit.
void StartClock(Plan& plan, const NewClock& clock);

// Stops those of the kinds that have not stopped.
void StopClocks(Plan& plan, std::initializer_list<ClockKind> kinds);
void StopClock(Plan& plan, ClockKind kind, std::string_view subject, Instant at);
void StopEveryClock(Plan& plan);
// As if it had never been started.
void AnnulClock(Plan& plan, const Clock& clock);

// Pauses the clock where it runs, resumes it where it is paused.
void PauseClock(Plan& plan, ClockKind kind, std::string_view subject, Instant at);
void ResumeClock(Plan& plan, ClockKind kind, std::string_view subject, Instant at);

// The clock of a step: started anew, or its consumption resumed where the file came back.
void StartStepClock(Plan& plan, const Task& task, Instant at);

}  // namespace onewindow
