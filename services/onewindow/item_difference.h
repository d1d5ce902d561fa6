#pragma once

#include "engine/base/ids.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/item_reports.pb.h"

namespace onewindow {

// What differs in meaning between two versions of an item. Things with ids are compared by these,
// wherever they stand in their lists; of a step it is compared what it follows, so that a new step
// is one change and no renumbering. Version and number, which publication gives, do not count.
// Requires: the items have passed CheckItem.
ItemDifference CompareItems(const ServiceItem& before, const ServiceItem& after);

}  // namespace onewindow
