#include "services/unified_window/unified_window.h"

#include "onewindow/v1/unified_window.grpc.pb.h"
#include "services/rpc/door.h"
#include "services/unified_window/progress.h"
#include "services/unified_window/ready_list.h"

namespace onewindow {
namespace {

// Each method is one line: what it means is the engine's.
class UnifiedWindowService final : public v1::UnifiedWindow::CallbackService {
 public:
  explicit UnifiedWindowService(const Premises& premises)
      : door_(*ListReadyRequest::descriptor()->file()->FindServiceByName("UnifiedWindow"),
              premises) {}

 private:
  using Call = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  Unary* ReceiveCertificate(Call* call, const v1::ReceiveCertificate* wish,
                            CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Deliver(Call* call, const DeliverCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Close(Call* call, const CloseCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }

  Unary* ListReady(Call* call, const ListReadyRequest* request,
                   ListReadyResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ListReadyRequest& asked) {
                       return onewindow::ListReady(asked, engine());
                     });
  }

  Unary* GetProgress(Call* call, const GetProgressRequest* request, Progress* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const GetProgressRequest& asked) {
                       return onewindow::GetProgress(asked, engine());
                     });
  }

  const Engine& engine() const { return door_.premises().engine; }

  const Door door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeUnifiedWindow(const Premises& premises) {
  return std::make_unique<UnifiedWindowService>(premises);
}

}  // namespace onewindow
