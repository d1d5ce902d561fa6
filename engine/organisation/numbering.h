#pragma once

#include "engine/base/ids.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// The chart as it is published after `previous` (the empty chart before the first): with the next
// version, the numbers that its ids had in `previous`, and new numbers for new ids in the order of
// the chart. A number is never given twice, even when what bore it is gone; an id that comes back
// after its removal gets a new one. Numbers written in the chart itself are replaced, except those
// of absences and substitutions that `previous` has, too.
OrganisationChart WithNumbers(OrganisationChart chart, const OrganisationChart& previous);

}  // namespace onewindow
