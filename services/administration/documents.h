#pragma once

#include "engine/runtime/engine.h"
#include "onewindow/v1/administration.pb.h"
#include "services/rpc/refusal.h"

namespace onewindow {

// What was published, as it was published.
Reply<ServiceItem> GetItem(const GetItemRequest& request, const Engine& engine);
Reply<Calendar> GetCalendar(const GetCalendarRequest& request, Engine& engine);
Reply<OrganisationChart> GetOrganisation(const Engine& engine);

}  // namespace onewindow
