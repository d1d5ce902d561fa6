#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/casework/appliers.h"

namespace onewindow {
namespace {

Task& TaskOf(CaseRecord& record, uint32_t task_id) {
  for (Task& task : *record.mutable_tasks()) {
    if (task.id() == task_id) return task;
  }
  CHECK(false) << "case " << record.id() << " has no task " << task_id;
  return *record.mutable_tasks(0);
}

void EndTask(CaseRecord& record, uint32_t task_id) {
  auto& tasks = *record.mutable_tasks();
  auto ended = std::find_if(tasks.begin(), tasks.end(),
                            [&](const Task& task) { return task.id() == task_id; });
  CHECK(ended != tasks.end()) << "case " << record.id() << " has no task " << task_id;
  tasks.erase(ended);
}

void MoveTo(Task& task, Task::State state, EventAt when) {
  task.set_state(state);
  *task.mutable_since() = when.at;
}

// The review begins where a step of the route waits for its handler.
void EnterReview(CaseRecord& record, const Task& task) {
  if (record.stage() == STAGE_ACCEPTED && task.kind() == Task::ROUTE_STEP) {
    record.set_stage(STAGE_IN_REVIEW);
  }
}

void ClearHolder(Task& task) {
  task.clear_position();
  task.clear_person();
  task.clear_lease_until();
}

// Once for each, however often the file comes back; assistance is no step. Cases of before first
// contacts were recorded fold to the records they always had.
void NotePerformed(CaseRecord& record, Performed work) {
  if (!record.has_first_contact() || work.step().empty() || work.person().empty()) return;
  for (const Performed& done : record.performed()) {
    if (done.step() == work.step() && done.person() == work.person() &&
        done.on_behalf_of() == work.on_behalf_of()) {
      return;
    }
  }
  *record.add_performed() = std::move(work);
}

}  // namespace

void ApplyFact(CaseRecord& record, const TaskOpened& fact, EventAt when) {
  Task& task = *record.add_tasks();
  task = fact.task();
  *task.mutable_since() = when.at;
  record.set_last_task_id(task.id());
  if (task.kind() == Task::ROUTE_STEP) record.set_leg(task.leg());
  if (task.state() == Task::AWAITING_CLAIM) EnterReview(record, task);
}

void ApplyFact(CaseRecord& record, const FileHandedOver& fact, EventAt when) {
  MoveTo(TaskOf(record, fact.task_id()), Task::AWAITING_ACKNOWLEDGEMENT, when);
}

void ApplyFact(CaseRecord& record, const HandOverAcknowledged& fact, EventAt when) {
  Task& task = TaskOf(record, fact.task_id());
  MoveTo(task, Task::AWAITING_CLAIM, when);
  EnterReview(record, task);
}

void ApplyFact(CaseRecord& record, const TaskClaimed& fact, EventAt when) {
  Task& task = TaskOf(record, fact.task_id());
  MoveTo(task, Task::CLAIMED, when);
  task.set_position(fact.position());
  task.set_person(fact.person());
  if (fact.has_lease_until()) *task.mutable_lease_until() = fact.lease_until();
}

void ApplyFact(CaseRecord& record, const TaskReleased& fact, EventAt when) {
  Task& task = TaskOf(record, fact.task_id());
  MoveTo(task, Task::AWAITING_CLAIM, when);
  ClearHolder(task);
}

void ApplyFact(CaseRecord& record, const LeaseExtended& fact, EventAt) {
  *TaskOf(record, fact.task_id()).mutable_lease_until() = fact.lease_until();
}

void ApplyFact(CaseRecord& record, const StepCompleted& fact, EventAt) {
  Performed work;
  work.set_step(fact.step());
  work.set_person(fact.second_performer());
  Performed first = work;
  first.set_person(TaskOf(record, fact.task_id()).person());
  first.set_on_behalf_of(fact.on_behalf_of());
  NotePerformed(record, std::move(first));
  NotePerformed(record, std::move(work));
  EndTask(record, fact.task_id());
  for (Assist& assist : *record.mutable_assists()) {
    if (assist.assist_task() == fact.task_id()) assist.set_state(Assist::DONE);
  }
  if (fact.action() == CompleteStep::RETURN_TO_WINDOW) record.set_stage(STAGE_RECEIVED);
}

// Only the position it was given to can claim it.
void ApplyFact(CaseRecord& record, const TaskTransferred& fact, EventAt when) {
  Task& task = TaskOf(record, fact.task_id());
  MoveTo(task, Task::AWAITING_CLAIM, when);
  ClearHolder(task);
  task.set_position(fact.to_position());
}

void ApplyFact(CaseRecord& record, const TaskReassigned& fact, EventAt when) {
  Task& task = TaskOf(record, fact.task_id());
  MoveTo(task, Task::AWAITING_CLAIM, when);
  ClearHolder(task);
  task.set_position(fact.to_position());
}

void ApplyFact(CaseRecord& record, const TaskRecalled& fact, EventAt) {
  EndTask(record, fact.task_id());
}

}  // namespace onewindow
