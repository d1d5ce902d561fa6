#include "engine/casework/tasks.h"

#include <utility>
#include <vector>

#include "engine/casework/assists.h"
#include "engine/casework/clocks.h"
#include "engine/casework/demands.h"
#include "engine/casework/rejections.h"
#include "engine/organisation/organisation_index.h"

namespace onewindow {

const Task* FindTask(const CaseRecord& record, uint32_t task_id) {
  for (const Task& task : record.tasks()) {
    if (task.id() == task_id) return &task;
  }
  return nullptr;
}

TaskOrRejection ChooseTask(const CaseRecord& current, std::string_view wish, uint32_t task_id,
                           bool (*fits)(const Task&)) {
  if (task_id != 0) {
    const Task* task = FindTask(current, task_id);
    if (task != nullptr) return task;
    return Refused(TASK_NOT_FOUND, current, wish, "it has no open task " + std::to_string(task_id));
  }
  const Task* chosen = nullptr;
  for (const Task& task : current.tasks()) {
    if (!fits(task)) continue;
    if (chosen != nullptr) {
      return Refused(TASK_AMBIGUOUS, current, wish,
                     "several tasks come into question: name task_id");
    }
    chosen = &task;
  }
  if (chosen != nullptr) return chosen;
  // One open task that does not fit is the one meant, so that the caller learns why it does not.
  if (current.tasks_size() == 1) return &current.tasks(0);
  return Refused(TASK_NOT_FOUND, current, wish, "no open task awaits that");
}

const Organisation* PerformerOf(const Step& step, const CaseRecord& record,
                                const OrganisationIndex& organisation) {
  const Organisation* intake = organisation.Find(record.intake());
  if (intake == nullptr) return nullptr;
  return organisation.Resolve(step.performer(),
                              {.intake = *intake,
                               .registered_division = record.applicant().registered_division(),
                               .residence_division = record.applicant().residence_division()});
}

void OpenTask(Plan& plan, Task task, std::string_view from) {
  task.set_id(plan.record().last_task_id() + 1);
  task.set_from(std::string(from));
  task.set_state(task.organisation() == from ? Task::AWAITING_CLAIM : Task::AWAITING_HAND_OVER);
  Event event;
  *event.mutable_task_opened()->mutable_task() = std::move(task);
  plan.Add(std::move(event));
}

Opened OpenStep(Plan& plan, RoutePlace place, std::string_view from) {
  const Step& step = StepAt(*plan.context().item, place);
  const Organisation* performer = PerformerOf(step, plan.record(), plan.context().organisation);
  if (performer == nullptr) return Opened::kNoPerformer;
  Task task;
  task.set_kind(Task::ROUTE_STEP);
  task.set_leg(place.leg);
  task.set_branch(place.branch);
  task.set_step_index(place.step);
  task.set_step(step.id());
  task.set_organisation(performer->id());
  task.set_duty(step.duty());
  OpenTask(plan, task, from);
  const Task& opened = plan.record().tasks(plan.record().tasks_size() - 1);
  if (opened.state() == Task::AWAITING_CLAIM) {
    StartStepClock(plan, Task(opened), plan.context().at);
  }
  return Opened::kYes;
}

Opened OpenLeg(Plan& plan, uint32_t leg, std::string_view from) {
  const ServiceItem& item = *plan.context().item;
  const auto branches =
      static_cast<uint32_t>(item.route().legs(static_cast<int>(leg)).branches_size());
  bool is_taken = false;
  for (uint32_t branch = 0; branch < branches; ++branch) {
    const auto first = NextTaken(plan.record(), item, {.leg = leg, .branch = branch, .step = 0});
    if (!first) continue;
    is_taken = true;
    if (OpenStep(plan, *first, from) == Opened::kNoPerformer) return Opened::kNoPerformer;
  }
  // The last leg has the decision, which is always taken.
  return is_taken ? Opened::kYes : OpenLeg(plan, leg + 1, from);
}

Opened OpenNext(Plan& plan, RoutePlace passed, std::string_view from) {
  const RoutePlace behind{.leg = passed.leg, .branch = passed.branch, .step = passed.step + 1};
  if (const auto next = NextTaken(plan.record(), *plan.context().item, behind)) {
    return OpenStep(plan, *next, from);
  }
  for (const Task& task : plan.record().tasks()) {
    if (task.kind() == Task::ROUTE_STEP && task.leg() == passed.leg) return Opened::kYes;
  }
  return OpenLeg(plan, passed.leg + 1, from);
}

void RecallTasks(Plan& plan) {
  EndAssists(plan);
  while (plan.record().tasks_size() > 0) {
    const Task task = plan.record().tasks(0);
    std::vector<uint32_t> pauses;
    for (const Pause& pause : plan.record().pauses()) {
      if (pause.task() == task.id()) pauses.push_back(pause.id());
    }
    for (uint32_t pause : pauses) EndPause(plan, pause, plan.context().at, Sealed());
    StopClock(plan, STEP, task.step(), plan.context().at);
    StopClock(plan, NOTICE, task.step(), plan.context().at);
    StopClock(plan, HAND_OVER, std::to_string(task.id()), plan.context().at);
    Event event;
    event.mutable_task_recalled()->set_task_id(task.id());
    plan.Add(std::move(event));
  }
}

void EndPause(Plan& plan, uint32_t pause_id, Instant at, const Sealed& note) {
  uint32_t task_id = 0;
  for (const Pause& pause : plan.record().pauses()) {
    if (pause.id() == pause_id) task_id = pause.task();
  }
  Event event;
  event.mutable_pause_ended()->set_pause_id(pause_id);
  if (note.content_case() != Sealed::CONTENT_NOT_SET)
    *event.mutable_pause_ended()->mutable_note() = note;
  plan.AddAt(at, std::move(event));
  StopClock(plan, SUSPENSION, std::to_string(pause_id), at);
  bool branch_waits = false;
  for (const Pause& pause : plan.record().pauses()) branch_waits |= pause.task() == task_id;
  const Task* task = FindTask(plan.record(), task_id);
  if (task != nullptr && !branch_waits) ResumeClock(plan, STEP, std::string(task->step()), at);
  if (plan.record().pauses_size() > 0) return;
  ResumeClock(plan, STATUTORY, {}, at);
  ResumeClock(plan, PROMISED, {}, at);
}

}  // namespace onewindow
