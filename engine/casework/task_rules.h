#pragma once

#include <optional>
#include <string_view>

#include "engine/casework/context.h"
#include "engine/casework/decision.h"

namespace onewindow {

// The task is claimed, and by the position that acts.
std::optional<Rejection> CheckHolder(const CaseRecord& current, std::string_view wish,
                                     const Task& task, const Context& context);

// The acting position is of the organisation where the task lies: its holder, or a head who
// approves; where nobody has claimed it, any that handles or decides.
std::optional<Rejection> CheckHolderSide(const CaseRecord& current, std::string_view wish,
                                         const Task& task, const Context& context);

// A step of the route, and not other work.
std::optional<Rejection> CheckRouteStep(const CaseRecord& current, std::string_view wish,
                                        const Task& task);

// The task lies with the county itself, and `to` is a township of that county or in one.
std::optional<Rejection> CheckGoesDown(const CaseRecord& current, std::string_view wish,
                                       const Task& task, std::string_view to,
                                       const Context& context);

// Who stands in for another does not go on with a case in which he has completed a step before: he
// would review his own. Nor does who completed one in another's place go on in his own.
std::optional<Rejection> CheckNotOwnStep(const CaseRecord& current, std::string_view wish,
                                         const Task& task, const Context& context);

// No pause holds the task's branch.
std::optional<Rejection> CheckNotPaused(const CaseRecord& current, std::string_view wish,
                                        const Task& task);

}  // namespace onewindow
