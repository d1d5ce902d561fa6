#pragma once

#include "engine/base/ids.h"
#include "engine/yaml/review.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// The rules of rotas, absences and substitutions, as far as the chart itself shows them. Errors:
// rotas with days that are none, absences and substitutions that name unknown things, have no days
// or end before they begin, a substitute for oneself, and numbers that stand twice.
void CheckPeople(const OrganisationChart& chart, Review& review);

// Staff may belong to any organisation (编制单位), but hold positions where they serve (工作单位)
// or within it.
void CheckServing(const OrganisationChart& chart, Review& review);

}  // namespace onewindow
