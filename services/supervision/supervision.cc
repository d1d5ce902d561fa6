#include "services/supervision/supervision.h"

#include "onewindow/v1/supervision.grpc.pb.h"
#include "services/rpc/door.h"
#include "services/supervision/explain.h"
#include "services/supervision/holders.h"
#include "services/supervision/lists.h"
#include "services/supervision/readings.h"
#include "services/supervision/timeline.h"

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
                     [&](const Identity&, const GetTimelineRequest& asked) {
                       return onewindow::GetTimeline(asked, engine());
                     });
  }

  Unary* Explain(Call* call, const ExplainRequest* request, ExplainResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ExplainRequest& asked) {
                       return onewindow::Explain(asked, engine());
                     });
  }

  Unary* ListOverdue(Call* call, const ListDueRequest* request,
                     ListDueResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ListDueRequest& asked) {
                       return ListDue(asked, LIGHT_OVERDUE, engine());
                     });
  }

  Unary* ListNear(Call* call, const ListDueRequest* request, ListDueResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ListDueRequest& asked) {
                       return ListDue(asked, LIGHT_NEAR, engine());
                     });
  }

  Unary* CountLights(Call* call, const CountLightsRequest* request,
                     CountLightsResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const CountLightsRequest&) {
                       return onewindow::CountLights(engine());
                     });
  }

  Unary* ListCards(Call* call, const ListCardsRequest* request,
                   ListCardsResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ListCardsRequest& asked) {
                       return onewindow::ListCards(asked, engine());
                     });
  }

  Unary* ListReadings(Call* call, const ListReadingsRequest* request,
                      ListReadingsResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ListReadingsRequest& asked) {
                       return onewindow::ListReadings(asked, engine());
                     });
  }

  Unary* GetProcessingTimes(Call* call, const GetProcessingTimesRequest* request,
                            GetProcessingTimesResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const GetProcessingTimesRequest& asked) {
                       return onewindow::GetProcessingTimes(asked, engine());
                     });
  }

  Unary* GetHolders(Call* call, const GetHoldersRequest* request,
                    GetHoldersResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const GetHoldersRequest& asked) {
                       return onewindow::GetHolders(asked, engine());
                     });
  }

  Unary* ListOrders(Call* call, const ListOrdersRequest* request,
                    ListOrdersResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ListOrdersRequest& asked) {
                       return onewindow::ListOrders(asked, engine());
                     });
  }

  Unary* OrderSupervision(Call* call, const v1::OrderSupervision* wish,
                          CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }

  const Engine& engine() const { return door_.premises().engine; }

  const Door door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeSupervision(const Premises& premises) {
  return std::make_unique<SupervisionService>(premises);
}

}  // namespace onewindow
