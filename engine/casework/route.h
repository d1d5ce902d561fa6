#pragma once

#include <optional>
#include <string_view>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

// Places on a route, all from 0: legs one after another, branches of a leg at the same time, steps
// of a branch one after another.
struct RoutePlace {
  uint32_t leg = 0;
  uint32_t branch = 0;
  uint32_t step = 0;

  friend auto operator<=>(const RoutePlace&, const RoutePlace&) = default;
};

inline RoutePlace PlaceOf(const Task& task) {
  return {.leg = task.leg(), .branch = task.branch(), .step = task.step_index()};
}

// Requires: the place is on the item's route.
const Step& StepAt(const ServiceItem& item, RoutePlace place);
inline const Step& StepAt(const ServiceItem& item, const Task& task) {
  return StepAt(item, PlaceOf(task));
}

std::optional<RoutePlace> FindStep(const ServiceItem& item, std::string_view step);

// The step that ends with the decision; null for an item without a route.
const Step* DecidingStep(const ServiceItem& item);

// Whether the branch may speak for the whole leg: it leads, or is the only one.
bool LeadsItsLeg(const ServiceItem& item, RoutePlace place);

}  // namespace onewindow
