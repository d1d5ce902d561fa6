#include "engine/base/check.h"
#include "engine/casework/appliers.h"

namespace onewindow {
namespace {

Assist& AssistOf(CaseRecord& record, uint32_t assist_id) {
  CHECK(assist_id >= 1 && static_cast<int>(assist_id) <= record.assists_size())
      << "case " << record.id() << " has no assist " << assist_id;
  return *record.mutable_assists(static_cast<int>(assist_id) - 1);
}

}  // namespace

// The file waits at the department until it is handed over, as on any way to another organisation.
void ApplyFact(CaseRecord& record, const TaskHandedDown& fact, EventAt when) {
  for (Task& task : *record.mutable_tasks()) {
    if (task.id() != fact.task_id()) continue;
    task.set_from(task.organisation());
    task.set_organisation(fact.to_organisation());
    task.set_state(Task::AWAITING_HAND_OVER);
    *task.mutable_since() = when.at;
    task.clear_position();
    task.clear_person();
    task.clear_lease_until();
  }
}

void ApplyFact(CaseRecord& record, const AssistRequested& fact, EventAt) {
  CHECK(static_cast<int>(fact.assist().id()) == record.assists_size() + 1) << record.id();
  *record.add_assists() = fact.assist();
}

void ApplyFact(CaseRecord& record, const AssistAnswered& fact, EventAt) {
  Assist& assist = AssistOf(record, fact.assist_id());
  switch (fact.answer()) {
    case AnswerAssistance::ACCEPT:
      assist.set_state(Assist::AGREED);
      // Its task is the next one that opens.
      assist.set_assist_task(record.last_task_id() + 1);
      return;
    case AnswerAssistance::DECLINE:
      return assist.set_state(Assist::DECLINED);
    case AnswerAssistance::COUNTER_PROPOSE:
      assist.set_state(Assist::COUNTER_PROPOSED);
      *assist.mutable_terms() = fact.terms();
      return;
    case AnswerAssistance::GIVE_UP:
      return assist.set_state(Assist::GIVEN_UP);
    case AnswerAssistance::ANSWER_UNSPECIFIED:
    case AnswerAssistance_Answer_AnswerAssistance_Answer_INT_MIN_SENTINEL_DO_NOT_USE_:
    case AnswerAssistance_Answer_AnswerAssistance_Answer_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  CHECK(false) << "case " << record.id() << ": an answer that says nothing";
}

}  // namespace onewindow
