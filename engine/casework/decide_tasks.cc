#include <chrono>
#include <string>
#include <utility>

#include "engine/casework/clocks.h"
#include "engine/casework/counters.h"
#include "engine/casework/deciders.h"
#include "engine/casework/documents.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/task_rules.h"
#include "engine/casework/tasks.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

constexpr uint32_t kLeaseSecondsMax = 86'400;

bool AwaitsHandOver(const Task& task) { return task.state() == Task::AWAITING_HAND_OVER; }
bool AwaitsAcknowledgement(const Task& task) {
  return task.state() == Task::AWAITING_ACKNOWLEDGEMENT && task.kind() != Task::COLLECTION_READY;
}
// Other tasks are whoever's is at the desk.
bool IsClaimable(const Task& task) {
  return task.kind() == Task::ROUTE_STEP || task.kind() == Task::REPLY_TASK ||
         task.kind() == Task::ASSIST_TASK;
}
bool AwaitsClaim(const Task& task) {
  return task.state() == Task::AWAITING_CLAIM && IsClaimable(task);
}
bool IsClaimed(const Task& task) { return task.state() == Task::CLAIMED; }

// Domain, "Exact counting": a file that goes up starts the next clock on acknowledgement, at the
// latest deemed the next working day.
Limit AcknowledgementLimit() {
  Limit limit;
  limit.set_amount(1);
  limit.set_unit(WORKING_DAYS);
  return limit;
}

std::string HandOverSeries(std::string_view issuer, Instant at) {
  Document slip;
  slip.set_kind(Document::HAND_OVER_SLIP);
  slip.set_issuer(std::string(issuer));
  slip.set_year(static_cast<uint32_t>(YearOf(DateOf(at, kBeijing))));
  return SeriesOf(slip);
}

Event ClaimedByCaller(const Task& task, const Context& context) {
  Event event;
  TaskClaimed& claimed = *event.mutable_task_claimed();
  claimed.set_task_id(task.id());
  claimed.set_position(context.caller.position());
  claimed.set_person(std::string(ActingPerson(context)));
  return event;
}

std::optional<Rejection> CheckLease(uint32_t seconds) {
  if (seconds <= kLeaseSecondsMax) return std::nullopt;
  return RefusedField(FIELD_INVALID, "lease_seconds", "is at most 86400");
}

}  // namespace

Decision DecideWish(const CaseRecord& current, const HandOverFile& wish, const Context& context) {
  auto chosen = ChooseTask(current, "hand over", wish.task_id(), AwaitsHandOver);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task& task = *std::get<const Task*>(chosen);
  if (auto refused = CheckDesk(current, "hand over", task.from(),
                               {RECEPTION, HANDLING, DECISION, SYSTEM}, context)) {
    return *refused;
  }
  if (!AwaitsHandOver(task)) {
    return Refused(TASK_ALREADY_SENT, current, "hand over", "the file has left already");
  }
  uint32_t last_slip = context.counters.Last(HandOverSeries(task.from(), context.at));
  if (wish.slip_serial() > last_slip) {
    return RefusedField(FIELD_INVALID, "slip_serial",
                        "the last slip of this year is " + std::to_string(last_slip));
  }

  Plan plan(current, context);
  uint32_t slip = wish.slip_serial() == 0 ? last_slip + 1 : wish.slip_serial();
  std::string from = task.from();
  std::string to = task.organisation();
  uint32_t task_id = task.id();
  Event event;
  event.mutable_file_handed_over()->set_task_id(task_id);
  event.mutable_file_handed_over()->set_slip_serial(slip);
  plan.Add(std::move(event));
  if (wish.slip_serial() == 0) plan.Issue(Document::HAND_OVER_SLIP, from);
  StartClock(plan, {.kind = HAND_OVER,
                    .subject = std::to_string(task_id),
                    .organisation = to,
                    .limit = AcknowledgementLimit(),
                    .at = context.at});
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const AcknowledgeHandOver& wish,
                    const Context& context) {
  auto chosen = ChooseTask(current, "acknowledge", wish.task_id(), AwaitsAcknowledgement);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task task = *std::get<const Task*>(chosen);
  if (auto refused = CheckDesk(current, "acknowledge", task.organisation(),
                               {RECEPTION, HANDLING, DECISION, SYSTEM}, context)) {
    return *refused;
  }
  if (task.state() == Task::AWAITING_HAND_OVER) {
    return Refused(TASK_NOT_SENT, current, "acknowledge", "the file has not been handed over yet");
  }
  if (!AwaitsAcknowledgement(task)) {
    return Refused(WRONG_STAGE, current, "acknowledge", "no hand-over awaits it");
  }

  Plan plan(current, context);
  Event event;
  event.mutable_hand_over_acknowledged()->set_task_id(task.id());
  plan.Add(std::move(event));
  StopClock(plan, HAND_OVER, std::to_string(task.id()), context.at);
  if (task.kind() == Task::ROUTE_STEP) StartStepClock(plan, task, context.at);
  // 首问责任 passes from person to person.
  if (task.kind() == Task::REPLY_TASK) plan.Add(ClaimedByCaller(task, context));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const ClaimTask& wish, const Context& context) {
  auto chosen = ChooseTask(current, "claim", wish.task_id(), AwaitsClaim);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task& task = *std::get<const Task*>(chosen);
  if (auto refused =
          CheckDesk(current, "claim", task.organisation(), {task.duty(), SYSTEM}, context)) {
    return *refused;
  }
  if (task.state() == Task::AWAITING_HAND_OVER) {
    return Refused(TASK_NOT_SENT, current, "claim", "the file has not been handed over yet");
  }
  if (task.state() == Task::AWAITING_ACKNOWLEDGEMENT) {
    return Refused(TASK_NOT_ACKNOWLEDGED, current, "claim",
                   "its hand-over is not acknowledged yet");
  }
  if (task.state() == Task::CLAIMED) {
    return Refused(TASK_ALREADY_CLAIMED, current, "claim",
                   "'" + task.position() + "' has claimed it");
  }
  if (!IsClaimable(task)) {
    return Refused(TASK_NOT_FOUND, current, "claim",
                   "only steps of the route and assistance are claimed");
  }
  if (!task.position().empty() && task.position() != context.caller.position()) {
    return Refused(TASK_HELD_BY_OTHER, current, "claim",
                   "it was given to '" + task.position() + "'");
  }
  if (auto refused = CheckLease(wish.lease_seconds())) return *refused;

  Plan plan(current, context);
  Event event = ClaimedByCaller(task, context);
  if (wish.lease_seconds() > 0) {
    *event.mutable_task_claimed()->mutable_lease_until() =
        ToTimestamp(context.now + std::chrono::seconds(wish.lease_seconds()));
  }
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const ReleaseTask& wish, const Context& context) {
  auto chosen = ChooseTask(current, "release", wish.task_id(), IsClaimed);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task& task = *std::get<const Task*>(chosen);
  if (auto refused = CheckHolder(current, "release", task, context)) return *refused;

  Plan plan(current, context);
  Event event;
  event.mutable_task_released()->set_task_id(task.id());
  event.mutable_task_released()->set_cause(TaskReleased::BY_HOLDER);
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const ExtendLease& wish, const Context& context) {
  auto chosen = ChooseTask(current, "extend the lease on", wish.task_id(), IsClaimed);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task& task = *std::get<const Task*>(chosen);
  if (auto refused = CheckHolder(current, "extend the lease on", task, context)) return *refused;
  if (!task.has_lease_until()) {
    return Refused(TASK_HAS_NO_LEASE, current, "extend the lease on", "it was claimed without one");
  }
  if (wish.lease_seconds() == 0) {
    return RefusedField(FIELD_MISSING, "lease_seconds", "is 1 to 86400");
  }
  if (auto refused = CheckLease(wish.lease_seconds())) return *refused;

  Plan plan(current, context);
  Event event;
  event.mutable_lease_extended()->set_task_id(task.id());
  *event.mutable_lease_extended()->mutable_lease_until() =
      ToTimestamp(context.now + std::chrono::seconds(wish.lease_seconds()));
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const TransferTask& wish, const Context& context) {
  auto chosen = ChooseTask(current, "transfer", wish.task_id(), IsClaimed);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task& task = *std::get<const Task*>(chosen);
  if (auto refused = CheckHolder(current, "transfer", task, context)) return *refused;
  const Position* to = context.organisation.FindPosition(wish.to_position());
  if (to == nullptr || to->organisation() != task.organisation() || !HasDuty(*to, task.duty())) {
    Rejection rejection =
        RefusedField(FIELD_INVALID, "to_position",
                     "names no position of '" + task.organisation() + "' with the step's duty");
    for (const Position* fit :
         context.organisation.PositionsWithDuty(task.organisation(), task.duty())) {
      rejection.allowed.push_back(fit->id());
    }
    return rejection;
  }

  Plan plan(current, context);
  Event event;
  TaskTransferred& transferred = *event.mutable_task_transferred();
  transferred.set_task_id(task.id());
  transferred.set_to_position(wish.to_position());
  if (wish.has_reason()) *transferred.mutable_reason() = wish.reason();
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
