#pragma once

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// What is recorded of people between two publications of the chart (请假, 职位代理). A chart so
// amended keeps its version.

// Requires: the absence, the substitution have the next number.
OrganisationChart WithAbsence(OrganisationChart chart, const Absence& absence);
OrganisationChart WithSubstitution(OrganisationChart chart, const Substitution& substitution);
// `last_day`, YYYY-MM-DD, is the last on which it was in force; empty: there was none.
OrganisationChart WithSubstitutionEnded(OrganisationChart chart, uint32_t number,
                                        const std::string& last_day);

// A new chart with the absences and substitutions of `previous` that are not over on `today` and
// whose persons and positions it still has. Where it gives one of them itself, of the same people
// from the same day on, its own entry takes the place and the number of the former; but what was
// ended stays ended.
OrganisationChart WithPeopleKept(OrganisationChart chart, const OrganisationChart& previous,
                                 Date today);

}  // namespace onewindow
