#pragma once

#include <ostream>

#include "engine/base/ids.h"
#include "onewindow/v1/answers.pb.h"
#include "onewindow/v1/back_office.pb.h"
#include "onewindow/v1/supervision.pb.h"

namespace onewindow {

// What came of a command, with its events, one a line.
void PrintOutcome(const CommandOutcome& outcome, std::ostream& out);
// Where a case stands: tasks, clocks, pauses, what is allowed.
void PrintCase(const CaseView& view, std::ostream& out);
// Who did what, and when.
void PrintTimeline(const GetTimelineResponse& timeline, std::ostream& out);

// Watches: a line for each change.
void PrintCaseChange(const CaseChange& change, std::ostream& out);
void PrintWorklistChange(const WorklistChange& change, std::ostream& out);
void PrintTakenTask(const TakenTask& taken, std::ostream& out);

// Who was answerable for each branch, and why.
void PrintHolders(const GetHoldersResponse& holders, std::ostream& out);

}  // namespace onewindow
