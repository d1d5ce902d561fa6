#pragma once

#include "engine/base/ids.h"
#include "onewindow/v1/answers.pb.h"
#include "services/rpc/premises.h"
#include "services/rpc/refusal.h"

namespace onewindow {

// What can be applied for: the same list for the front desk and for administration.
Reply<ListItemsResponse> ListItems(const ListItemsRequest& request, const Engine& engine);

}  // namespace onewindow
