#pragma once

#include <ostream>

#include "engine/base/ids.h"
#include "onewindow/v1/supervision.pb.h"

namespace onewindow {

// How clocks stand, day by day.
void PrintExplanations(const ExplainResponse& answer, std::ostream& out);
// Processing times in wall time and in working time.
void PrintProcessingTimes(const GetProcessingTimesResponse& answer, std::ostream& out);
void PrintLateEntries(const GetLateEntriesResponse& answer, std::ostream& out);

}  // namespace onewindow
