#include "services/supervision/supervision.h"

#include "onewindow/v1/supervision.grpc.pb.h"
#include "services/rpc/door.h"
#include "services/supervision/explain.h"
#include "services/supervision/holders.h"
#include "services/supervision/lists.h"
#include "services/supervision/readings.h"
#include "services/supervision/timeline.h"
#include "services/supervision/uncovered.h"

namespace onewindow {
namespace {

// Each method is one line: what it means is the engine's.
class SupervisionService final : public v1::Supervision::CallbackService {
 public:
  explicit SupervisionService(const Premises& premises)
      : door_(*ListDueRequest::descriptor()->file()->FindServiceByName("Supervision"), premises) {}

 private:
  using Call = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  Unary* GetTimeline(Call* call, const GetTimelineRequest* request,
                     GetTimelineResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const GetTimelineRequest& asked) {
                       return onewindow::GetTimeline(asked, caller, engine());
                     });
  }

  Unary* Explain(Call* call, const ExplainRequest* request, ExplainResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const ExplainRequest& asked) {
                       return onewindow::Explain(asked, caller, engine());
                     });
  }

  Unary* ListOverdue(Call* call, const ListDueRequest* request,
                     ListDueResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const ListDueRequest& asked) {
                       return ListDue({.request = asked, .light = LIGHT_OVERDUE, .caller = caller},
                                      engine());
                     });
  }

  Unary* ListNear(Call* call, const ListDueRequest* request, ListDueResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const ListDueRequest& asked) {
                       return ListDue({.request = asked, .light = LIGHT_NEAR, .caller = caller},
                                      engine());
                     });
  }

  Unary* CountLights(Call* call, const CountLightsRequest* request,
                     CountLightsResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const CountLightsRequest&) {
                       return onewindow::CountLights(caller, engine());
                     });
  }

  Unary* ListCards(Call* call, const ListCardsRequest* request,
                   ListCardsResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const ListCardsRequest& asked) {
                       return onewindow::ListCards(asked, caller, engine());
                     });
  }

  Unary* ListReadings(Call* call, const ListReadingsRequest* request,
                      ListReadingsResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const ListReadingsRequest& asked) {
                       return onewindow::ListReadings(asked, caller, engine());
                     });
  }

  Unary* GetProcessingTimes(Call* call, const GetProcessingTimesRequest* request,
                            GetProcessingTimesResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const GetProcessingTimesRequest& asked) {
                       return onewindow::GetProcessingTimes(asked, caller, engine());
                     });
  }

  Unary* ListDemands(Call* call, const ListDemandsRequest* request,
                     ListDemandsResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const ListDemandsRequest& asked) {
                       return onewindow::ListDemands(asked, caller, engine());
                     });
  }

  Unary* GetHolders(Call* call, const GetHoldersRequest* request,
                    GetHoldersResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const GetHoldersRequest& asked) {
                       return onewindow::GetHolders(asked, caller, engine());
                     });
  }

  Unary* ListOrders(Call* call, const ListOrdersRequest* request,
                    ListOrdersResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const ListOrdersRequest& asked) {
                       return onewindow::ListOrders(asked, caller, engine());
                     });
  }

  Unary* OrderSupervision(Call* call, const v1::OrderSupervision* wish,
                          CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }

  Unary* ListUncovered(Call* call, const ListUncoveredRequest* request,
                       ListUncoveredResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const ListUncoveredRequest& asked) {
                       return onewindow::ListUncovered(asked, caller, engine());
                     });
  }

  Unary* GetLateEntries(Call* call, const GetLateEntriesRequest* request,
                        GetLateEntriesResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const GetLateEntriesRequest& asked) {
                       return onewindow::GetLateEntries(asked, caller, engine());
                     });
  }

  const Engine& engine() const { return door_.premises().engine; }

  const Door door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeSupervision(const Premises& premises) {
  return std::make_unique<SupervisionService>(premises);
}

}  // namespace onewindow
