#include "engine/casework/clocks.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/casework/demands.h"
#include "engine/casework/enquiry.h"
#include "engine/casework/route.h"
#include "engine/clock/ledger.h"
#include "engine/clock/run.h"

namespace onewindow {
namespace {

ClockRules RulesOf(const Context& context) {
  const ServiceItem* item = context.item;
  return {.calendar = *context.calendar,
          .thresholds = item == nullptr ? ReplyThresholds() : item->thresholds()};
}

void Stop(Plan& plan, const Clock& clock, Instant at) {
  Event event;
  *event.mutable_clock_stopped() = StopClock(clock, at);
  plan.AddAt(at, std::move(event));
}

void Resume(Plan& plan, const Clock& clock, Instant at) {
  Event event;
  *event.mutable_clock_resumed() = ResumeClock(clock, at, RulesOf(plan.context()));
  plan.AddAt(at, std::move(event));
}

}  // namespace

const Clock* FindClock(const CaseRecord& record, ClockKind kind, std::string_view subject) {
  for (int i = record.clocks_size() - 1; i >= 0; --i) {
    const Clock& clock = record.clocks(i);
    if (clock.kind() == kind && clock.subject() == subject && !clock.annulled()) return &clock;
  }
  return nullptr;
}

void StartClock(Plan& plan, const NewClock& clock) {
  if (clock.limit.unit() == LIMIT_UNIT_UNSPECIFIED) return;
  Event event;
  *event.mutable_clock_started() =
      StartClock(ClockStart{.id = static_cast<uint32_t>(plan.record().clocks_size() + 1),
                            .kind = clock.kind,
                            .subject = std::string(clock.subject),
                            .organisation = std::string(clock.organisation),
                            .limit = clock.limit,
                            .at = clock.at},
                 RulesOf(plan.context()));
  plan.AddAt(clock.at, std::move(event));
}

void StopClocks(Plan& plan, std::initializer_list<ClockKind> kinds) {
  for (int i = 0; i < plan.record().clocks_size(); ++i) {
    const Clock& clock = plan.record().clocks(i);
    bool meant = std::find(kinds.begin(), kinds.end(), clock.kind()) != kinds.end();
    if (meant && !IsStopped(clock)) Stop(plan, clock, plan.context().at);
  }
}

void StopClock(Plan& plan, ClockKind kind, std::string_view subject, Instant at) {
  const Clock* clock = FindClock(plan.record(), kind, subject);
  if (clock != nullptr && !IsStopped(*clock)) Stop(plan, *clock, at);
}

void StopEveryClock(Plan& plan) {
  for (int i = 0; i < plan.record().clocks_size(); ++i) {
    const Clock& clock = plan.record().clocks(i);
    if (!IsStopped(clock)) Stop(plan, clock, plan.context().at);
  }
}

void AnnulClock(Plan& plan, const Clock& clock) {
  Event event;
  event.mutable_clock_annulled()->set_clock_id(clock.id());
  plan.Add(std::move(event));
}

void PauseClock(Plan& plan, ClockKind kind, std::string_view subject, Instant at) {
  const Clock* clock = FindClock(plan.record(), kind, subject);
  if (clock == nullptr || !IsRunning(*clock)) return;
  Event event;
  *event.mutable_clock_paused() = PauseClock(*clock, at);
  plan.AddAt(at, std::move(event));
}

void ResumeClock(Plan& plan, ClockKind kind, std::string_view subject, Instant at) {
  const Clock* clock = FindClock(plan.record(), kind, subject);
  if (clock != nullptr && IsPaused(*clock)) Resume(plan, *clock, at);
}

void StartStepClock(Plan& plan, const Task& task, Instant at) {
  const Step& step = StepAt(*plan.context().item, task);
  if (step.kind() == Step::PUBLIC_NOTICE) return;
  const Clock* clock = FindClock(plan.record(), STEP, task.step());
  if (clock == nullptr) {
    StartClock(plan, {.kind = STEP,
                      .subject = task.step(),
                      .organisation = task.organisation(),
                      .limit = StepLimit(plan.record(), step),
                      .at = at});
  } else if (IsStopped(*clock)) {
    Resume(plan, *clock, at);
  }
}

}  // namespace onewindow
