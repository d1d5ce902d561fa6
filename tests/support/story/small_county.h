#pragma once

#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// The chart of small_county.yaml.
OrganisationChart SmallCountyChart();

// The chart of two_counties.yaml.
OrganisationChart TwoCountiesChart();

// The small county with its numbers, made for lookups.
OrganisationIndex SmallCounty();

}  // namespace onewindow
