#pragma once

#include "engine/base/ids.h"
#include "engine/yaml/review.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// All rules of a chart by itself. Errors: malformed or duplicate ids and numbers, missing names and
// kinds, parents that are unknown or of a kind that cannot be the parent (which excludes cycles),
// superiors that are no department, malformed or doubly used division codes, positions, persons and
// holdings that name unknown things, dates that are none, and what CheckPeople and CheckServing
// find. Warnings: credit codes that fail their check, townships without a division code, functions
// that stand twice at one place, positions without a duty.
Review CheckChart(const OrganisationChart& chart);

// The same without CheckServing, which charts published before that rule need not keep: they stay
// in force.
Review CheckPublished(const OrganisationChart& chart);

}  // namespace onewindow
