#pragma once

#include "engine/base/ids.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// The smallest county in which a case lives a whole life: one hall with one window, where an item
// is taken in, decided and handed out. The person li holds the positions "window" and "office";
// from the second the server is looked after.
OrganisationChart DeskChart();
ServiceItem DeskItem();

}  // namespace onewindow
