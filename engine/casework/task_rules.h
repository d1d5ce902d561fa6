#pragma once

#include <optional>
#include <string_view>

#include "engine/casework/context.h"
#include "engine/casework/decision.h"

namespace onewindow {

// The task is claimed, and by the position that acts.
std::optional<Rejection> CheckHolder(const CaseRecord& current, std::string_view wish,
                                     const Task& task, const Context& context);

// No pause holds the task's branch.
std::optional<Rejection> CheckNotPaused(const CaseRecord& current, std::string_view wish,
                                        const Task& task);

}  // namespace onewindow
