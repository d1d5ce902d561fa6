#pragma once

#include <string>

#include "engine/base/ids.h"
#include "engine/yaml/review.h"
#include "onewindow/v1/catalog.pb.h"

// The parts of CheckItem; for this module only.
namespace onewindow::item_checks {

// One limit by itself: its unit and amount. An absent one (without a unit) is an error.
Review CheckLimit(const std::string& path, const Limit& limit);
// The item's own limits, its extension, and what 行政许可法 allows.
Review CheckLimits(const ServiceItem& item);
// The shape of the route, and each step.
Review CheckRoute(const ServiceItem& item);
// Contradictions between the steps and the promise, and between the promise and the law.
// Requires: the others found no error.
Review CheckSums(const ServiceItem& item);
Review CheckThresholds(const Thresholds& thresholds);

// "legs[2]"
std::string Element(const std::string& list, int index);

}  // namespace onewindow::item_checks
