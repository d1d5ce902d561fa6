#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

// A condition that stands in an item, and what depends on it.
struct ItemCondition {
  // "route.legs[0].branches[0].steps[2].when".
  std::string path;
  std::string text;
  // For people: "环节「现场核查」".
  std::string subject;
};

// All of them, in the order of the document: handling, limits, materials, route.
std::vector<ItemCondition> ConditionsOf(const ServiceItem& item);

}  // namespace onewindow
