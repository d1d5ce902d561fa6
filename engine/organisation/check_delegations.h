#pragma once

#include "engine/base/ids.h"
#include "engine/yaml/review.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// What a chart says of who decides in whose name (委托, Art. 24): the organ is a department or a
// county, the organisation another one of its county, the days are days, and a paper is named.
// Items are published apart from the chart, so that an unknown one is no error.
Review CheckDelegations(const OrganisationChart& chart);

// 乡镇履职事项清单: one for a township, each item once.
Review CheckResponsibilityLists(const OrganisationChart& chart);

}  // namespace onewindow
