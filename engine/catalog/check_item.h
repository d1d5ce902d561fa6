#pragma once

#include "engine/base/ids.h"
#include "engine/yaml/review.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

// All rules of an item by itself. With errors it cannot be published: the engine could not run its
// cases, or the law forbids it. Warnings are contradictions that real items have: steps that add up
// to something else than the promise, a promise beyond the law's limit, limits without a basis.
// Requires: WithDefaults was applied.
Review CheckItem(const ServiceItem& item);

}  // namespace onewindow
