#include <algorithm>
#include <string>
#include <utility>

#include "engine/casework/assists.h"
#include "engine/casework/clocks.h"
#include "engine/casework/deciders.h"
#include "engine/casework/demands.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"
#include "engine/casework/steps.h"
#include "engine/casework/task_rules.h"
#include "engine/casework/tasks.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

constexpr std::string_view kComplete = "complete a step of";

bool IsClaimed(const Task& task) { return task.state() == Task::CLAIMED; }

// He was there on that day, from a position of the organisation: nobody else, and not the one in
// whose place the first came.
bool IsSecondOfficer(std::string_view person, const Task& task, const Context& context) {
  const OrganisationIndex& chart = context.organisation;
  const Date day = DateOf(context.at, kBeijing);
  if (person == context.caller.person() || person == context.caller.on_behalf_of()) return false;
  if (chart.IsAbsent(person, day)) return false;
  const auto positions = chart.PositionsOf(task.organisation());
  return std::any_of(positions.begin(), positions.end(), [&](const Position* position) {
    return chart.MayActFrom(person, position->id(), day);
  });
}

// Art. 34: a site check is made by two officers.
std::optional<Rejection> CheckPerformers(const CompleteStep& wish, const Task& task,
                                         const Step& step, const Context& context) {
  if (step.kind() != Step::SITE_CHECK) return std::nullopt;
  if (IsSecondOfficer(wish.second_performer(), task, context)) return std::nullopt;
  return RefusedField(SECOND_PERFORMER_MISSING, "second_performer",
                      "a site check names a second officer of '" + task.organisation() +
                          "', who was there on that day");
}

// Taken down before its minimum was over, as by a return; it has to be posted again.
bool WasCutShort(const Clock& notice) {
  Instant stood_until = ToInstant(notice.ledger(notice.ledger_size() - 1).from());
  return IsStopped(notice) && stood_until < ToInstant(notice.due_at());
}

std::optional<Rejection> CheckNotice(const CaseRecord& current, const Task& task, const Step& step,
                                     const Context& context) {
  if (step.kind() != Step::PUBLIC_NOTICE) return std::nullopt;
  const Clock* notice = FindClock(current, NOTICE, task.step());
  if (notice == nullptr || WasCutShort(*notice)) {
    return Refused(NOTICE_NOT_POSTED, current, kComplete, "its notice is not posted yet");
  }
  if (IsRunning(*notice) && context.at <= ToInstant(notice->due_at())) {
    return Refused(NOTICE_STILL_RUNNING, current, kComplete,
                   "its notice stands until the end of " +
                       FormatDate(DateOf(ToInstant(notice->due_at()), kBeijing)));
  }
  return std::nullopt;
}

// Back within its branch, or to an earlier leg by the branch that leads.
std::optional<Rejection> CheckReturn(const CaseRecord& current, const CompleteStep& wish,
                                     const Task& task, const Context& context) {
  RoutePlace here = PlaceOf(task);
  if (wish.action() == CompleteStep::RETURN_TO_STEP) {
    auto target = FindStep(*context.item, wish.return_to());
    bool earlier =
        target && IsTaken(current, *context.item, *target) &&
        (target->leg < here.leg ||
         (target->leg == here.leg && target->branch == here.branch && target->step < here.step));
    if (!earlier) {
      return RefusedField(STEP_NOT_EARLIER, "return_to",
                          "'" + wish.return_to() + "' is no step before '" + task.step() + "'");
    }
    if (target->leg == here.leg) return std::nullopt;
  }
  if (LeadsItsLeg(*context.item, here)) return std::nullopt;
  return Refused(NOT_LEAD_BRANCH, current, "return", "another branch leads");
}

// A pass goes on, by the rules of the step's kind; anything else goes back.
std::optional<Rejection> CheckAction(const CaseRecord& current, const CompleteStep& wish,
                                     const Task& task, const Context& context) {
  const Step& step = StepAt(*context.item, task);
  switch (wish.action()) {
    case CompleteStep::PASS:
      if (step.kind() == Step::DECIDE) {
        return Refused(TASK_IS_DECISION, current, kComplete, "this step ends with decide_case");
      }
      if (auto refused = CheckNotice(current, task, step, context)) return refused;
      return CheckPerformers(wish, task, step, context);
    case CompleteStep::RETURN_TO_STEP:
    case CompleteStep::RETURN_TO_WINDOW:
      return CheckReturn(current, wish, task, context);
    case CompleteStep::ACTION_UNSPECIFIED:
    case CompleteStep_Action_CompleteStep_Action_INT_MIN_SENTINEL_DO_NOT_USE_:
    case CompleteStep_Action_CompleteStep_Action_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  Rejection rejection = RefusedField(FIELD_MISSING, "action", "says how the step ends");
  rejection.allowed = {"PASS", "RETURN_TO_STEP", "RETURN_TO_WINDOW"};
  return rejection;
}

// The window corrects what was wrongly accepted. The clocks run on: the applicant does not pay for
// it.
void ReturnToWindow(Plan& plan, std::string_view from) {
  RecallTasks(plan);
  Task task;
  task.set_kind(Task::ACCEPTANCE);
  task.set_organisation(plan.record().intake());
  task.set_duty(RECEPTION);
  OpenTask(plan, task, from);
}

Opened Continue(Plan& plan, const StepCompleted& completed, RoutePlace here,
                std::string_view from) {
  switch (completed.action()) {
    case CompleteStep::PASS:
      return OpenNext(plan, here, from);
    case CompleteStep::RETURN_TO_STEP: {
      RoutePlace target = *FindStep(*plan.context().item, completed.return_to());
      if (target.leg != here.leg) RecallTasks(plan);
      return OpenStep(plan, target, from);
    }
    case CompleteStep::RETURN_TO_WINDOW:
      ReturnToWindow(plan, from);
      return Opened::kYes;
    case CompleteStep::ACTION_UNSPECIFIED:
    case CompleteStep_Action_CompleteStep_Action_INT_MIN_SENTINEL_DO_NOT_USE_:
    case CompleteStep_Action_CompleteStep_Action_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  CHECK(false) << "an action that was not checked";
  return Opened::kNoPerformer;
}

// People note their own work; an import tells whose it was, and when.
std::optional<Rejection> CheckOwnWork(const RecordAdHocStep& wish, const Context& context) {
  if (IsSystem(context)) return std::nullopt;
  const Caller& caller = context.caller;
  if (!wish.person().empty() && wish.person() != caller.person()) {
    return RefusedField(FIELD_INVALID, "person", "only an import names somebody else");
  }
  if (!wish.position().empty() && wish.position() != caller.position()) {
    return RefusedField(FIELD_INVALID, "position", "only an import names another position");
  }
  if (wish.mark() != RecordAdHocStep::MARK_UNSPECIFIED &&
      wish.mark() != RecordAdHocStep::OFF_ROUTE) {
    return RefusedField(FIELD_INVALID, "mark", "only an import knows work outside of the case");
  }
  return std::nullopt;
}

// 协办 is done: the task that asked goes on by itself.
Decision CompleteAssistance(const CaseRecord& current, const CompleteStep& wish, const Task& task,
                            const Context& context) {
  if (wish.action() != CompleteStep::PASS) {
    Rejection rejection = RefusedField(FIELD_INVALID, "action", "assistance goes nowhere else");
    rejection.allowed = {"PASS"};
    return rejection;
  }
  Plan plan(current, context);
  StopClock(plan, ASSISTANCE, std::to_string(task.id()), context.at);
  Event event;
  StepCompleted& completed = *event.mutable_step_completed();
  completed.set_task_id(task.id());
  completed.set_action(wish.action());
  *completed.mutable_opinion() = wish.opinion();
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

// A step ends with an opinion; what an import brings may have none.
std::optional<Rejection> CheckOpinion(const CompleteStep& wish, const Context& context) {
  if (!IsBlank(wish.opinion()) || IsSystem(context)) return std::nullopt;
  return RefusedField(OPINION_MISSING, "opinion", "a step ends with an opinion");
}

// Whoever ends a step has done it, even where another holder of the position, or his substitute,
// began it: the record names who performed what.
void TakeOver(Plan& plan, const Task& task) {
  const Caller& caller = plan.context().caller;
  if (IsSystem(plan.context()) || task.person() == caller.person()) return;
  Event event;
  TaskClaimed& claimed = *event.mutable_task_claimed();
  claimed.set_task_id(task.id());
  claimed.set_position(caller.position());
  claimed.set_person(caller.person());
  plan.Add(std::move(event));
}

}  // namespace

Opened EndStep(Plan& plan, const Task& task, StepCompleted completed) {
  const Instant at = plan.context().at;
  EndAssistsOf(plan, task.id());
  StopClock(plan, STEP, task.step(), at);
  StopClock(plan, NOTICE, task.step(), at);
  completed.set_task_id(task.id());
  completed.set_step(task.step());
  Event event;
  *event.mutable_step_completed() = completed;
  plan.Add(std::move(event));
  return Continue(plan, completed, PlaceOf(task), task.organisation());
}

Decision DecideWish(const CaseRecord& current, const CompleteStep& wish, const Context& context) {
  auto chosen = ChooseTask(current, kComplete, wish.task_id(), IsClaimed);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task task = *std::get<const Task*>(chosen);
  if (auto refused = CheckHolder(current, kComplete, task, context)) return *refused;
  if (auto refused = CheckNotOwnStep(current, kComplete, task, context)) return *refused;
  if (auto refused = CheckNotPaused(current, kComplete, task)) return *refused;
  if (task.kind() == Task::ASSIST_TASK) {
    if (auto refused = CheckOpinion(wish, context)) return *refused;
    return CompleteAssistance(current, wish, task, context);
  }
  if (auto refused = CheckNoAssistUnderWay(current, kComplete, task)) return *refused;
  if (auto refused = CheckAction(current, wish, task, context)) return *refused;
  if (auto refused = CheckOpinion(wish, context)) return *refused;

  Plan plan(current, context);
  TakeOver(plan, task);
  StepCompleted completed;
  completed.set_action(wish.action());
  completed.set_return_to(wish.return_to());
  *completed.mutable_opinion() = wish.opinion();
  completed.set_second_performer(wish.second_performer());
  if (IsSubstitute(context)) completed.set_on_behalf_of(context.caller.on_behalf_of());
  if (EndStep(plan, task, std::move(completed)) == Opened::kNoPerformer) {
    return Refused(PERFORMER_NOT_FOUND, current, kComplete,
                   "no organisation performs the next step");
  }
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const RecordAdHocStep& wish,
                    const Context& context) {
  if (wish.name().empty()) return RefusedField(FIELD_MISSING, "name", "names the work");
  if (auto refused =
          CheckTakesPart(current, "record work on", {RECEPTION, HANDLING, DECISION}, context)) {
    return *refused;
  }
  if (auto refused = CheckOwnWork(wish, context)) return *refused;

  Plan plan(current, context);
  Event event;
  AdHocStepRecorded& recorded = *event.mutable_ad_hoc_step_recorded();
  recorded.set_name(wish.name());
  recorded.set_mark(wish.mark() == RecordAdHocStep::MARK_UNSPECIFIED ? RecordAdHocStep::OFF_ROUTE
                                                                     : wish.mark());
  recorded.set_person(wish.person().empty() ? std::string(ActingPerson(context)) : wish.person());
  recorded.set_position(wish.position().empty() ? context.caller.position() : wish.position());
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
