#pragma once

#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// The chart of small_county.yaml.
OrganisationChart SmallCountyChart();

// The same with its numbers, made for lookups.
OrganisationIndex SmallCounty();

}  // namespace onewindow
