#pragma once

#include "engine/runtime/engine.h"
#include "onewindow/v1/supervision.pb.h"
#include "services/rpc/refusal.h"

namespace onewindow {

// `light`: LIGHT_NEAR or LIGHT_OVERDUE.
Reply<ListDueResponse> ListDue(const ListDueRequest& request, Light light, const Engine& engine);
Reply<CountLightsResponse> CountLights(const Engine& engine);
Reply<ListCardsResponse> ListCards(const ListCardsRequest& request, const Engine& engine);
Reply<ListOrdersResponse> ListOrders(const ListOrdersRequest& request, const Engine& engine);
Reply<GetProcessingTimesResponse> GetProcessingTimes(const GetProcessingTimesRequest& request,
                                                     const Engine& engine);

}  // namespace onewindow
