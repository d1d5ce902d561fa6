#pragma once

#include <vector>

#include "engine/base/ids.h"
#include "engine/organisation/organisation_index.h"

namespace onewindow {

// Days in a row on which a position has holders, but all of them are away and nobody stands in.
struct UncoveredRun {
  const Position* position;
  DaySpan days;
};

// The runs of one position within these days, in their order. A day on which the rota names nobody
// is not uncovered: nobody is missed on it.
std::vector<UncoveredRun> UncoveredRunsOf(const OrganisationIndex& organisation,
                                          const Position& position, DaySpan days);

// The positions whose holders on any of these days have an absence in them, in the order of the
// chart: only they can be uncovered.
std::vector<const Position*> PositionsWithAbsences(const OrganisationIndex& organisation,
                                                   DaySpan days);

}  // namespace onewindow
