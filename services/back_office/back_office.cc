#include "services/back_office/back_office.h"

#include "onewindow/v1/back_office.grpc.pb.h"
#include "services/back_office/take_tasks.h"
#include "services/back_office/worklist.h"
#include "services/rpc/door.h"

namespace onewindow {
namespace {

// Each method is one line: what it means is the engine's.
class BackOfficeService final : public v1::BackOffice::CallbackService {
 public:
  explicit BackOfficeService(const Premises& premises)
      : door_(*ListWorklistRequest::descriptor()->file()->FindServiceByName("BackOffice"),
              premises) {}

 private:
  using Call = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  Unary* Acknowledge(Call* call, const AcknowledgeHandOver* wish,
                     CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Accept(Call* call, const AcceptCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Refuse(Call* call, const RefuseCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* RequestSupplement(Call* call, const v1::RequestSupplement* wish,
                           CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Claim(Call* call, const ClaimTask* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Release(Call* call, const ReleaseTask* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* ExtendLease(Call* call, const v1::ExtendLease* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Complete(Call* call, const CompleteStep* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Transfer(Call* call, const TransferTask* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Pause(Call* call, const PauseCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Resume(Call* call, const ResumeCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* PostNotice(Call* call, const v1::PostNotice* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Extend(Call* call, const ExtendLimit* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Decide(Call* call, const DecideCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* HandBackCertificate(Call* call, const v1::HandBackCertificate* wish,
                             CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* HandOver(Call* call, const HandOverFile* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* RecordAdHocStep(Call* call, const v1::RecordAdHocStep* wish,
                         CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* HandDown(Call* call, const HandDownTask* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* RequestAssistance(Call* call, const v1::RequestAssistance* wish,
                           CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* AnswerAssistance(Call* call, const v1::AnswerAssistance* wish,
                          CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }

  Unary* AnswerSupervisionOrder(Call* call, const v1::AnswerSupervisionOrder* wish,
                                CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }

  Unary* Reassign(Call* call, const ReassignTask* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }

  Unary* ListWorklist(Call* call, const ListWorklistRequest* request,
                      ListWorklistResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ListWorklistRequest& asked) {
                       return onewindow::ListWorklist(asked, engine());
                     });
  }

  grpc::ServerWriteReactor<WorklistChange>* WatchWorklist(
      Call* call, const WatchWorklistRequest* request) override {
    return onewindow::WatchWorklist(door_,
                                    {.call = *call, .method = __func__, .request = *request});
  }

  grpc::ServerWriteReactor<TakenTask>* TakeTasks(Call* call,
                                                 const TakeTasksRequest* request) override {
    return onewindow::TakeTasks(door_, {.call = *call, .method = __func__, .request = *request});
  }

  const Engine& engine() const { return door_.premises().engine; }

  const Door door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeBackOffice(const Premises& premises) {
  return std::make_unique<BackOfficeService>(premises);
}

}  // namespace onewindow
