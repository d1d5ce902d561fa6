#pragma once

#include <optional>
#include <string_view>

#include "engine/casework/plan.h"

namespace onewindow {

// 协办: what decisions do to the assistance that tasks have asked for, as events of the plan.

// Asked for and neither declined, done nor given up.
bool IsOpen(const Assist& assist);

// A task is not completed while assistance that it was promised is under way.
std::optional<Rejection> CheckNoAssistUnderWay(const CaseRecord& current, std::string_view wish,
                                               const Task& task);

// The asking side wants it no more: its task and clock, where it was agreed on, end.
void GiveUpAssist(Plan& plan, uint32_t assist_id);
// What a task has open, because it ends.
void EndAssistsOf(Plan& plan, uint32_t task_id);
// What the case has open, because all its work ends.
void EndAssists(Plan& plan);

}  // namespace onewindow
