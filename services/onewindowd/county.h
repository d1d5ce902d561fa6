#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/calendar.pb.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// The documents of a county, as people write them.
struct County {
  std::vector<Calendar> calendars;
  OrganisationChart chart;
  std::vector<ServiceItem> items;
};

// Reads `directory`: organisation.yaml and items/*.yaml; the calendars that the items name are
// folders in its calendars/ or in calendars/ beside it. Each document is checked by itself.
// kInvalid with what is wrong and where.
Result<County> ReadCounty(const std::string& directory);

}  // namespace onewindow
