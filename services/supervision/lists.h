#pragma once

#include "engine/runtime/engine.h"
#include "onewindow/v1/supervision.pb.h"
#include "services/rpc/gate.h"
#include "services/rpc/refusal.h"

namespace onewindow {

// What supervisors ask for; each is shown what his county has to do with.

struct DueQuestion {
  const ListDueRequest& request;
  // LIGHT_NEAR or LIGHT_OVERDUE.
  Light light;
  const Identity& caller;
};
Reply<ListDueResponse> ListDue(const DueQuestion& question, const Engine& engine);
Reply<CountLightsResponse> CountLights(const Identity& caller, const Engine& engine);
Reply<ListCardsResponse> ListCards(const ListCardsRequest& request, const Identity& caller,
                                   const Engine& engine);
Reply<ListOrdersResponse> ListOrders(const ListOrdersRequest& request, const Identity& caller,
                                     const Engine& engine);
Reply<GetProcessingTimesResponse> GetProcessingTimes(const GetProcessingTimesRequest& request,
                                                     const Identity& caller, const Engine& engine);
Reply<ListDemandsResponse> ListDemands(const ListDemandsRequest& request, const Identity& caller,
                                       const Engine& engine);
Reply<GetLateEntriesResponse> GetLateEntries(const GetLateEntriesRequest& request,
                                             const Identity& caller, const Engine& engine);

}  // namespace onewindow
