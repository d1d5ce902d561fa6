#pragma once

#include "engine/casework/plan.h"

namespace onewindow {

// 超时默认: what comes by itself of a limit that has passed in silence, by Limit.silence of the
// clock. Where nobody is left on the chart to whom the file could go on, nothing comes of it: the
// clock is overdue, and its card tells who has to act.
// Requires: plan.context().at is when the limit had passed.
void ActOnSilence(Plan& plan, const Clock& clock);

}  // namespace onewindow
