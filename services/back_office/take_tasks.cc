#include "services/back_office/take_tasks.h"

#include <algorithm>
#include <compare>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "engine/casework/rejections.h"
#include "engine/clock/timestamp.h"
#include "services/rpc/case_view.h"
#include "services/rpc/letter_box.h"

namespace onewindow {
namespace {

constexpr uint32_t kInHandDefault = 10;
constexpr uint32_t kInHandMax = 100;
constexpr size_t kRequestIdBytesMaxHere = 64;

// A task as it waits: once released it waits anew, and may be claimed again.
struct WaitingTask {
  uint64_t case_id = 0;
  uint32_t task_id = 0;
  Instant since;
  friend auto operator<=>(const WaitingTask&, const WaitingTask&) = default;
};

std::optional<Rejection> CheckRequest(const TakeTasksRequest& request) {
  if (request.position().empty()) {
    return RefusedField(FIELD_MISSING, "position", "expected the position that takes tasks");
  }
  if (request.request_id().empty()) {
    return RefusedField(FIELD_MISSING, "request_id", "expected an id that is new for each stream");
  }
  if (request.request_id().size() > kRequestIdBytesMaxHere) {
    return RefusedField(FIELD_INVALID, "request_id", "expected at most 64 characters");
  }
  if (request.lease_seconds() == 0) {
    return RefusedField(FIELD_MISSING, "lease_seconds", "expected 1 to 86400");
  }
  if (request.tasks_in_hand_max() > kInHandMax) {
    return RefusedField(FIELD_INVALID, "tasks_in_hand_max", "expected at most 100");
  }
  return std::nullopt;
}

// Claims task after task for the position and gives those that it got. Next() is called by one
// thread at a time; the engine answers claims on another.
class TakenTasks : public std::enable_shared_from_this<TakenTasks> {
 public:
  TakenTasks(const Door& door, const StreamCall<TakeTasksRequest>& taken,
             std::function<void()> waker)
      : door_(door), taken_(taken), waker_(std::move(waker)) {
    const uint32_t wanted = taken.request.tasks_in_hand_max();
    in_hand_max_ = wanted == 0 ? kInHandDefault : wanted;
  }

  void Follow(std::shared_ptr<Watch> watch) { watch_ = std::move(watch); }

  Reply<std::optional<TakenTask>> Next() {
    if (const auto answer = answer_.Take()) return AfterClaim(*answer);
    if (claiming_) return std::nullopt;
    while (watch_->Next()) refused_.clear();
    if (watch_->ended()) return Fault{FaultKind::kUnavailable, *watch_->ended()};
    return ClaimNext();
  }

 private:
  using Nothing = std::optional<TakenTask>;

  const Engine& engine() const { return door_.premises().engine; }

  // What the last claim came to: the task, or the next attempt where another was quicker.
  Reply<std::optional<TakenTask>> AfterClaim(const Answer& answer) {
    const WaitingTask claimed = *std::exchange(claiming_, std::nullopt);
    if (const auto* fault = std::get_if<Fault>(&answer)) return *fault;
    if (const auto* rejection = std::get_if<Rejection>(&answer)) {
      // What is wrong with the request itself is wrong with every claim.
      if (!rejection->field.empty()) return *rejection;
      refused_.insert(claimed);
      return ClaimNext();
    }
    in_hand_.insert(claimed);
    return Show(claimed);
  }

  Reply<std::optional<TakenTask>> Show(const WaitingTask& claimed) const {
    const Admission admission = taken_.Admit(door_);
    if (const auto* rejection = std::get_if<Rejection>(&admission)) return *rejection;
    auto view = GetCase(claimed.case_id, std::get<Identity>(admission), engine());
    if (IsNo(view)) return NoAs<std::optional<TakenTask>>(view);
    TakenTask task;
    *task.mutable_view() = std::move(std::get<CaseView>(view));
    for (const Task& each : task.view().record().tasks()) {
      if (each.id() == claimed.task_id) *task.mutable_task() = each;
    }
    return std::optional(std::move(task));
  }

  Reply<std::optional<TakenTask>> ClaimNext() {
    if (const Status counted = ForgetWhatIsDone(); !counted.ok()) return counted.fault();
    if (in_hand_.size() >= in_hand_max_) return Nothing();
    const Admission admission = taken_.Admit(door_);
    if (const auto* rejection = std::get_if<Rejection>(&admission)) return *rejection;

    auto waiting = FindWaiting();
    if (!waiting.ok()) return waiting.fault();
    if (!waiting.value()) return Nothing();
    claiming_ = *waiting.value();
    Submit(std::get<Identity>(admission), *claiming_);
    return Nothing();
  }

  // What was completed, given back or lost with its lease is in hand no more.
  Status ForgetWhatIsDone() {
    for (auto held = in_hand_.begin(); held != in_hand_.end();) {
      auto record = engine().GetCase(CaseId{held->case_id});
      if (!record.ok()) return record.fault();
      held = record.value() && Holds(*record.value(), held->task_id) ? std::next(held)
                                                                     : in_hand_.erase(held);
    }
    return {};
  }

  bool Holds(const CaseRecord& record, uint32_t task_id) const {
    return std::any_of(record.tasks().begin(), record.tasks().end(), [&](const Task& task) {
      return task.id() == task_id && task.state() == Task::CLAIMED &&
             task.position() == taken_.request.position();
    });
  }

  Result<std::optional<WaitingTask>> FindWaiting() const {
    PageRequest page{.size = kInHandMax, .cursor = {}};
    do {
      auto rows = engine().ListWorklist(taken_.request.position(), page);
      if (!rows.ok()) return rows.fault();
      for (const WorklistRow& row : rows.value().rows) {
        const Task& task = row.record.tasks(row.task);
        const WaitingTask waiting{
            .case_id = row.record.id(), .task_id = task.id(), .since = ToInstant(task.since())};
        if (task.state() != Task::AWAITING_CLAIM || refused_.contains(waiting)) continue;
        return std::optional(waiting);
      }
      page.cursor = rows.value().next_cursor;
    } while (!page.cursor.empty());
    return std::optional<WaitingTask>();
  }

  void Submit(const Identity& caller, const WaitingTask& waiting) {
    ClaimTask claim;
    claim.mutable_envelope()->set_request_id(
        taken_.request.request_id() + '/' + std::to_string(waiting.case_id) + '/' +
        std::to_string(waiting.task_id) + '/' +
        std::to_string(waiting.since.time_since_epoch().count()));
    claim.mutable_envelope()->set_position(caller.position);
    claim.mutable_envelope()->set_channel(CHANNEL_SYSTEM);
    claim.set_case_id(waiting.case_id);
    claim.set_task_id(waiting.task_id);
    claim.set_lease_seconds(taken_.request.lease_seconds());
    door_.premises().engine.Submit(caller.person, AsCommand(claim),
                                   [self = shared_from_this()](Answer answer) {
                                     self->answer_.Put(std::move(answer));
                                     self->waker_();
                                   });
  }

  const Door& door_;
  const StreamCall<TakeTasksRequest> taken_;
  const std::function<void()> waker_;
  std::shared_ptr<Watch> watch_;
  size_t in_hand_max_ = 0;

  std::set<WaitingTask> in_hand_;
  // Refused since the last news; then somebody else has them, or may not.
  std::set<WaitingTask> refused_;
  std::optional<WaitingTask> claiming_;
  LetterBox<Answer> answer_;
};

}  // namespace

Stream<TakenTask>* TakeTasks(const Door& door, const StreamCall<TakeTasksRequest>& taken) {
  using Source = Stream<TakenTask>::Source;
  return OpenStream<TakenTask>(
      door, taken, [&](const Identity&, std::function<void()> waker) -> Reply<Source> {
        if (const auto rejection = CheckRequest(taken.request)) return *rejection;
        auto watch = door.premises().engine.WatchWorklist(taken.request.position(), waker);
        if (!watch.ok()) return watch.fault();
        const auto tasks = std::make_shared<TakenTasks>(door, taken, std::move(waker));
        tasks->Follow(std::move(watch).value());
        return Source([tasks] { return tasks->Next(); });
      });
}

}  // namespace onewindow
