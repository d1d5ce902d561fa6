#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/item_reports.pb.h"
#include "services/onewindow/desk_check.h"

namespace onewindow {

struct SampleWish {
  Instant received;
  // Where it is taken in; empty: the first position of the chart that receives, of a township if
  // there is one.
  std::string position;
  std::vector<FormField> form;
};

// The usual way of a case of the item from its receipt until the result lies ready, decided by the
// engine on an empty log and done by people of the chart. An instant item is decided at the desk.
// Everything is done at once, but for what has time of its own: a step takes all of its limit, and
// a public notice stands as long as it must. Where the engine refuses, the way ends there and says
// why. Requires: the item has passed CheckItem.
ItemSimulation SimulateItem(const ServiceItem& item, const DeskCounty& county,
                            const SampleWish& wish);

}  // namespace onewindow
