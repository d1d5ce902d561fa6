#include "engine/casework/assists.h"

#include <string>
#include <utility>

#include "engine/casework/clocks.h"
#include "engine/casework/rejections.h"
#include "engine/casework/tasks.h"

namespace onewindow {

bool IsOpen(const Assist& assist) {
  return assist.state() == Assist::REQUESTED || assist.state() == Assist::COUNTER_PROPOSED ||
         assist.state() == Assist::AGREED;
}

std::optional<Rejection> CheckNoAssistUnderWay(const CaseRecord& current, std::string_view wish,
                                               const Task& task) {
  for (const Assist& assist : current.assists()) {
    if (assist.task() != task.id() || assist.state() != Assist::AGREED) continue;
    return Refused(ASSIST_UNDER_WAY, current, wish,
                   "'" + assist.to() + "' has agreed to assist " + std::to_string(assist.id()) +
                       " and is not done: wait for it or give it up");
  }
  return std::nullopt;
}

void GiveUpAssist(Plan& plan, uint32_t assist_id) {
  const Assist assist = plan.record().assists(static_cast<int>(assist_id) - 1);
  Event event;
  event.mutable_assist_answered()->set_assist_id(assist_id);
  event.mutable_assist_answered()->set_answer(AnswerAssistance::GIVE_UP);
  plan.Add(std::move(event));
  if (assist.state() != Assist::AGREED) return;
  StopClock(plan, ASSISTANCE, std::to_string(assist.assist_task()), plan.context().at);
  Event recalled;
  recalled.mutable_task_recalled()->set_task_id(assist.assist_task());
  plan.Add(std::move(recalled));
}

void EndAssistsOf(Plan& plan, uint32_t task_id) {
  for (int i = 0; i < plan.record().assists_size(); ++i) {
    const Assist& assist = plan.record().assists(i);
    if (assist.task() == task_id && IsOpen(assist)) GiveUpAssist(plan, assist.id());
  }
}

void EndAssists(Plan& plan) {
  for (int i = 0; i < plan.record().assists_size(); ++i) {
    const Assist& assist = plan.record().assists(i);
    if (IsOpen(assist)) GiveUpAssist(plan, assist.id());
  }
}

}  // namespace onewindow
