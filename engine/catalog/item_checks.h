#pragma once

#include <string>

#include "engine/base/ids.h"
#include "engine/yaml/review.h"
#include "onewindow/v1/catalog.pb.h"

// The parts of CheckItem; for this module only.
namespace onewindow::item_checks {

// One limit by itself: its unit and amount, and what it may bring about when it passes in silence.
// An absent one (without a unit) is an error.
Review CheckLimit(const std::string& path, const Limit& limit,
                  Silence possible = SILENCE_UNSPECIFIED);
// A list of limits that apply by condition, each with its `when`.
Review CheckLimitCases(const std::string& path,
                       const google::protobuf::RepeatedPtrField<LimitCase>& cases,
                       Silence possible = SILENCE_UNSPECIFIED);
// The item's own limits, its extension, and what 行政许可法 allows.
Review CheckLimits(const ServiceItem& item);
// The shape of the route, and each step.
Review CheckRoute(const ServiceItem& item);
// The declared fields, every condition on them, and that what is always needed has none.
Review CheckConditions(const ServiceItem& item);
// Contradictions between the steps and the promise, and between the promise and the law.
// Requires: the others found no error.
Review CheckSums(const ServiceItem& item);
Review CheckThresholds(const Thresholds& thresholds);

// "legs[2]"
std::string Element(const std::string& list, int index);

}  // namespace onewindow::item_checks
