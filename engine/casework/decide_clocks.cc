#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/limits.h"
#include "engine/casework/clocks.h"
#include "engine/casework/deciders.h"
#include "engine/casework/demands.h"
#include "engine/casework/documents.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"
#include "engine/casework/silence.h"
#include "engine/casework/task_rules.h"
#include "engine/casework/tasks.h"
#include "engine/casework/wake.h"
#include "engine/clock/ledger.h"
#include "engine/clock/run.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

bool IsClaimed(const Task& task) { return task.state() == Task::CLAIMED; }

const SpecialProcedure* FindProcedure(const ServiceItem& item, SpecialProcedureKind kind) {
  for (const SpecialProcedure& procedure : item.special_procedures()) {
    if (procedure.kind() == kind) return &procedure;
  }
  return nullptr;
}

struct NewPause {
  const Task& task;
  const SpecialProcedure& procedure;
  Instant expected_end;
  const Sealed& note;
};

// Art. 45: the time is not counted. The case's clocks stand still for the union of all pauses, the
// step's for those of its own branch.
void StartPause(Plan& plan, const NewPause& pause) {
  Instant at = plan.context().at;
  uint32_t id = plan.record().last_pause_id() + 1;
  Event event;
  Pause& started = *event.mutable_pause_started()->mutable_pause();
  started.set_id(id);
  started.set_kind(pause.procedure.kind());
  started.set_task(pause.task.id());
  *started.mutable_from() = ToTimestamp(at);
  *started.mutable_expected_end() = ToTimestamp(pause.expected_end);
  if (!IsBlank(pause.note)) *event.mutable_pause_started()->mutable_note() = pause.note;
  plan.Add(std::move(event));
  PauseClock(plan, STATUTORY, {}, at);
  PauseClock(plan, PROMISED, {}, at);
  PauseClock(plan, STEP, pause.task.step(), at);
  StartClock(plan, {.kind = SUSPENSION,
                    .subject = std::to_string(id),
                    .organisation = pause.task.organisation(),
                    .limit = pause.procedure.limit(),
                    .at = at});
}

// Who is answerable for a clock at this moment.
const Task* AnswerableTask(const CaseRecord& record, const Clock& clock) {
  if (clock.kind() == STEP || clock.kind() == NOTICE) {
    for (const Task& task : record.tasks()) {
      if (task.kind() == Task::ROUTE_STEP && task.step() == clock.subject()) return &task;
    }
  }
  if (clock.kind() == ASSISTANCE) {
    for (const Task& task : record.tasks()) {
      if (std::to_string(task.id()) == clock.subject()) return &task;
    }
  }
  return record.tasks_size() > 0 ? &record.tasks(0) : nullptr;
}

void IssueCard(Plan& plan, const Clock& clock, const Alarm& alarm) {
  Instant at = ToInstant(alarm.at());
  Event event;
  CardIssued& card = *event.mutable_card_issued();
  card.set_colour(alarm.colour());
  card.set_clock(clock.kind());
  card.set_clock_id(clock.id());
  if (clock.kind() == STEP) card.set_step(clock.subject());
  card.set_organisation(clock.organisation());
  if (const Task* task = AnswerableTask(plan.record(), clock)) {
    // Until a hand-over is acknowledged, the sender stays answerable.
    bool sent = task->state() == Task::AWAITING_HAND_OVER ||
                task->state() == Task::AWAITING_ACKNOWLEDGEMENT;
    card.set_organisation(sent ? task->from() : task->organisation());
    card.set_position(task->position());
    card.set_person(task->person());
  }
  card.set_year(static_cast<uint32_t>(YearOf(DateOf(at, kBeijing))));
  card.set_serial(plan.NextSerial(SeriesOf(card)));
  plan.AddAt(at, std::move(event));
}

// The next step's clock starts as if the hand-over had been acknowledged; the file itself still
// waits.
void DeemAcknowledged(Plan& plan, const Clock& hand_over, Instant at) {
  for (const Task& task : plan.record().tasks()) {
    if (std::to_string(task.id()) != hand_over.subject()) continue;
    if (task.kind() == Task::ROUTE_STEP) StartStepClock(plan, Task(task), at);
    return;
  }
}

void EndNotice(Plan& plan, const Clock& notice, Instant at) {
  const std::string step = notice.subject();
  StopClock(plan, NOTICE, step, at);
  std::vector<uint32_t> ended;
  for (const Pause& pause : plan.record().pauses()) {
    const Task* task = FindTask(plan.record(), pause.task());
    bool of_notice = pause.kind() == PUBLICITY && task != nullptr && task->step() == step;
    if (of_notice) ended.push_back(pause.id());
  }
  for (uint32_t pause : ended) EndPause(plan, pause, at, Sealed());
}

void Fire(Plan& plan, const Clock& clock, const Alarm& alarm) {
  Instant at = ToInstant(alarm.at());
  Event event;
  event.mutable_alarm_fired()->set_clock_id(clock.id());
  *event.mutable_alarm_fired()->mutable_alarm() = alarm;
  plan.AddAt(at, std::move(event));
  switch (alarm.purpose()) {
    case Alarm::ISSUE_CARD:
      return IssueCard(plan, clock, alarm);
    case Alarm::DEEM_ACKNOWLEDGED:
      return DeemAcknowledged(plan, clock, at);
    case Alarm::END_NOTICE:
      return EndNotice(plan, clock, at);
    case Alarm::SILENCE:
      return ActOnSilence(plan, clock);
    case Alarm::PURPOSE_UNSPECIFIED:
    case Alarm_Purpose_Alarm_Purpose_INT_MIN_SENTINEL_DO_NOT_USE_:
    case Alarm_Purpose_Alarm_Purpose_INT_MAX_SENTINEL_DO_NOT_USE_:
      return;
  }
}

void EndLease(Plan& plan, const Task& task) {
  Instant at = ToInstant(task.lease_until());
  Event event;
  event.mutable_task_released()->set_task_id(task.id());
  event.mutable_task_released()->set_cause(TaskReleased::LEASE_ENDED);
  plan.AddAt(at, std::move(event));
}

// What is due first: an alarm, or the end of a lease.
void FireEarliest(Plan& plan, Instant due) {
  const CaseRecord& record = plan.record();
  for (const Task& task : record.tasks()) {
    if (task.has_lease_until() && ToInstant(task.lease_until()) == due) {
      return EndLease(plan, Task(task));
    }
  }
  for (const Clock& clock : record.clocks()) {
    if (clock.alarms_size() > 0 && ToInstant(clock.alarms(0).at()) == due) {
      return Fire(plan, Clock(clock), Alarm(clock.alarms(0)));
    }
  }
}

// Each once, however often it is named.
std::set<ClockKind> ClocksToExtend(const ExtendLimit& wish) {
  std::set<ClockKind> kinds;
  for (int kind : wish.clocks()) kinds.insert(static_cast<ClockKind>(kind));
  if (kinds.empty()) kinds.insert(STATUTORY);
  return kinds;
}

std::optional<Rejection> CheckExtension(const CaseRecord& current, const ExtendLimit& wish,
                                        const Context& context) {
  if (auto refused = CheckDesk(current, "extend", current.deciding(), {APPROVAL}, context)) {
    return refused;
  }
  const Limit& cap = context.item->extension().cap();
  if (cap.unit() == LIMIT_UNIT_UNSPECIFIED) {
    return Refused(EXTENSION_NOT_ALLOWED, current, "extend", "its item allows no extension");
  }
  if (current.extensions() > 0) {
    return Refused(EXTENSION_ALREADY_GRANTED, current, "extend", "it was extended once");
  }
  if (wish.amount() == 0 || wish.amount() > cap.amount()) {
    return RefusedField(EXTENSION_OVER_CAP, "amount", "is 1 to " + std::to_string(cap.amount()));
  }
  if (IsBlank(wish.reason())) return RefusedField(FIELD_MISSING, "reason", "is required");
  return std::nullopt;
}

// The clock is in force, has not run out, and counts in the unit of the cap.
std::optional<Rejection> CheckExtendable(const CaseRecord& current, ClockKind kind,
                                         const Context& context) {
  const Clock* clock = FindClock(current, kind);
  bool of_case = kind == STATUTORY || kind == PROMISED;
  if (!of_case || clock == nullptr || IsStopped(*clock)) {
    return Refused(CLOCK_NOT_RUNNING, current, "extend", "it has no such limit in force");
  }
  if (clock->has_due_at() && context.at > ToInstant(clock->due_at())) {
    return Refused(EXTENSION_TOO_LATE, current, "extend",
                   "an extension is approved by the due date, and that has passed");
  }
  if (clock->limit().unit() != context.item->extension().cap().unit()) {
    return Refused(EXTENSION_NOT_ALLOWED, current, "extend",
                   "the cap is in another unit than the limit, and units are never converted");
  }
  return std::nullopt;
}

}  // namespace

Decision DecideWish(const CaseRecord& current, const PauseCase& wish, const Context& context) {
  auto chosen = ChooseTask(current, "pause", wish.task_id(), IsClaimed);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task& task = *std::get<const Task*>(chosen);
  if (auto refused = CheckHolder(current, "pause", task, context)) return *refused;
  if (auto refused = CheckRouteStep(current, "pause", task)) return *refused;
  const SpecialProcedure* procedure = FindProcedure(*context.item, wish.kind());
  if (procedure == nullptr || wish.kind() == PUBLICITY) {
    Rejection rejection =
        Refused(PROCEDURE_NOT_ALLOWED, current, "pause",
                "its item does not allow " + SpecialProcedureKind_Name(wish.kind()));
    rejection.allowed.clear();
    for (const SpecialProcedure& allowed : context.item->special_procedures()) {
      rejection.allowed.push_back(SpecialProcedureKind_Name(allowed.kind()));
    }
    return rejection;
  }
  for (const Pause& pause : current.pauses()) {
    if (pause.task() == task.id()) {
      return Refused(ALREADY_PAUSED, current, "pause", "its branch waits already");
    }
  }
  if (!wish.has_expected_end() || ToInstant(wish.expected_end()) <= context.at) {
    return RefusedField(FIELD_MISSING, "expected_end",
                        "the applicant is told how long it takes (Art. 45): a time after now");
  }

  Plan plan(current, context);
  std::string issuer = task.organisation();
  StartPause(plan, {.task = task,
                    .procedure = *procedure,
                    .expected_end = ToInstant(wish.expected_end()),
                    .note = wish.note()});
  plan.Issue(Document::PAUSE_NOTICE, issuer);
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const ResumeCase& wish, const Context& context) {
  const Pause* chosen = nullptr;
  for (const Pause& pause : current.pauses()) {
    if (wish.pause_id() != 0 && pause.id() != wish.pause_id()) continue;
    if (chosen != nullptr) {
      return Refused(TASK_AMBIGUOUS, current, "resume",
                     "several pauses are in force: name pause_id");
    }
    chosen = &pause;
  }
  if (chosen == nullptr) return Refused(NOT_PAUSED, current, "resume", "no such pause is in force");
  if (chosen->kind() == PUBLICITY) {
    return Refused(NOTICE_STILL_RUNNING, current, "resume", "a notice ends by itself");
  }
  const Task* task = FindTask(current, chosen->task());
  CHECK(task != nullptr) << "a pause without its task";
  if (auto refused = CheckHolder(current, "resume", *task, context)) return *refused;
  if (context.at < ToInstant(chosen->from())) {
    return RefusedField(FIELD_INVALID, "envelope.occurred_at", "the pause began later than that");
  }

  Plan plan(current, context);
  EndPause(plan, chosen->id(), context.at, wish.note());
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const PostNotice& wish, const Context& context) {
  constexpr std::string_view kWish = "post a notice for";
  auto chosen = ChooseTask(current, kWish, wish.task_id(), IsClaimed);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task& task = *std::get<const Task*>(chosen);
  if (auto refused = CheckHolder(current, kWish, task, context)) return *refused;
  if (auto refused = CheckRouteStep(current, kWish, task)) return *refused;
  const Step& step = StepAt(*context.item, task);
  if (step.kind() != Step::PUBLIC_NOTICE) {
    return Refused(NOT_A_NOTICE, current, kWish,
                   "the step '" + task.step() + "' is no public notice");
  }
  const Clock* standing = FindClock(current, NOTICE, task.step());
  if (standing != nullptr && !IsStopped(*standing)) {
    return Refused(NOTICE_ALREADY_POSTED, current, kWish, "it is posted already");
  }
  if (wish.place().empty())
    return RefusedField(FIELD_MISSING, "place", "says where it can be read");

  Plan plan(current, context);
  const Task posted = task;
  Event event;
  event.mutable_notice_posted()->set_task_id(posted.id());
  event.mutable_notice_posted()->set_place(wish.place());
  plan.Add(std::move(event));
  StartClock(plan, {.kind = NOTICE,
                    .subject = posted.step(),
                    .organisation = posted.organisation(),
                    .limit = StepLimit(current, step),
                    .at = context.at});
  if (step.counting() == Step::UNCOUNTED) {
    const SpecialProcedure* procedure = FindProcedure(*context.item, PUBLICITY);
    CHECK(procedure != nullptr) << "an uncounted notice without its basis in "
                                << context.item->id();
    const Clock* notice = FindClock(plan.record(), NOTICE, posted.step());
    StartPause(plan, {.task = posted,
                      .procedure = *procedure,
                      .expected_end = ToInstant(notice->due_at()),
                      .note = Sealed()});
  }
  return std::move(plan).Done();
}

// An extension adds budget to the clocks it names, by default not to the promise. Source: Art. 42.
Decision DecideWish(const CaseRecord& current, const ExtendLimit& wish, const Context& context) {
  std::set<ClockKind> kinds = ClocksToExtend(wish);
  if (auto refused = CheckExtension(current, wish, context)) return *refused;
  for (ClockKind kind : kinds) {
    if (auto refused = CheckExtendable(current, kind, context)) return *refused;
  }

  Plan plan(current, context);
  Event event;
  *event.mutable_limit_extended()->mutable_reason() = wish.reason();
  event.mutable_limit_extended()->set_approver_person(context.caller.person());
  event.mutable_limit_extended()->set_approver_position(context.caller.position());
  plan.Add(std::move(event));
  Grant grant;
  grant.set_amount(wish.amount());
  grant.set_approver_person(context.caller.person());
  grant.set_approver_position(context.caller.position());
  *grant.mutable_at() = ToTimestamp(context.at);
  grant.set_granted_by(context.sequence);
  for (ClockKind kind : kinds) {
    Event extended;
    *extended.mutable_clock_extended() =
        ExtendClock(*FindClock(plan.record(), kind), grant,
                    {.calendar = *context.calendar, .thresholds = context.item->thresholds()});
    plan.Add(std::move(extended));
  }
  plan.Issue(Document::EXTENSION_NOTICE, current.deciding());
  return std::move(plan).Done();
}

// Everything due by `until`, earliest first, each effective when it was due. What is left when the
// events of one command are used up is done by the next.
Decision DecideWish(const CaseRecord& current, const FireAlarms& wish, const Context& context) {
  constexpr size_t kEventsOfOneAlarmMax = 32;
  Context then = context;
  Plan plan(current, then);
  Instant until = ToInstant(wish.until());
  size_t rounds = 0;
  for (auto due = NextWake(plan.record()); due && *due <= until; due = NextWake(plan.record())) {
    then.at = *due;
    FireEarliest(plan, *due);
    if (++rounds * kEventsOfOneAlarmMax > kEventsPerCommandMax) break;
  }
  return std::move(plan).Done();
}

}  // namespace onewindow
