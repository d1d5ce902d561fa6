#include "services/front_desk/front_desk.h"

#include "onewindow/v1/front_desk.grpc.pb.h"
#include "services/front_desk/accompanied.h"
#include "services/front_desk/attach_file.h"
#include "services/front_desk/find_cases.h"
#include "services/front_desk/read_attachment.h"
#include "services/front_desk/watch_case.h"
#include "services/rpc/case_view.h"
#include "services/rpc/door.h"
#include "services/rpc/item_queries.h"

namespace onewindow {
namespace {

// Each method is one line: what it means is the engine's.
class FrontDeskService final : public v1::FrontDesk::CallbackService {
 public:
  explicit FrontDeskService(const Premises& premises)
      : door_(*FindCasesRequest::descriptor()->file()->FindServiceByName("FrontDesk"), premises) {}

 private:
  using Call = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  Unary* Submit(Call* call, const SubmitCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Correct(Call* call, const CorrectCase* wish, CommandOutcome* outcome) override {
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
  Unary* ReceiveMaterials(Call* call, const v1::ReceiveMaterials* wish,
                          CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Withdraw(Call* call, const WithdrawCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* HandOver(Call* call, const HandOverFile* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Decide(Call* call, const DecideCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }

  Unary* GrantMandate(Call* call, const v1::GrantMandate* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* EndMandate(Call* call, const v1::EndMandate* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* ReturnOriginals(Call* call, const v1::ReturnOriginals* wish,
                         CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* RecordEnquiry(Call* call, const v1::RecordEnquiry* wish,
                       CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* HandOverEnquiry(Call* call, const v1::HandOverEnquiry* wish,
                         CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* AnswerEnquiry(Call* call, const v1::AnswerEnquiry* wish,
                       CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Accompany(Call* call, const AccompanyCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* Urge(Call* call, const UrgeCase* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }

  Unary* ListAccompanied(Call* call, const ListAccompaniedRequest* request,
                         ListAccompaniedResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ListAccompaniedRequest& asked) {
                       return onewindow::ListAccompanied(asked, engine());
                     });
  }

  grpc::ServerReadReactor<AttachFileRequest>* AttachFile(Call* call,
                                                         CommandOutcome* outcome) override {
    return onewindow::AttachFile(door_, {.call = *call, .method = __func__, .outcome = *outcome});
  }
  grpc::ServerWriteReactor<AttachmentPiece>* ReadAttachment(
      Call* call, const ReadAttachmentRequest* request) override {
    return onewindow::ReadAttachment(door_,
                                     {.call = *call, .method = __func__, .request = *request});
  }

  Unary* FindCases(Call* call, const FindCasesRequest* request,
                   FindCasesResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const FindCasesRequest& asked) {
                       return onewindow::FindCases(asked, caller, engine());
                     });
  }

  Unary* GetCase(Call* call, const GetCaseRequest* request, CaseView* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const GetCaseRequest& asked) {
                       return onewindow::GetCase(asked.case_id(), caller, engine());
                     });
  }

  Unary* ReadPersonalData(Call* call, const v1::ReadPersonalData* wish, CaseView* view) override {
    return door_.SubmitFor(call, __func__, wish, view, PersonalViewOf);
  }

  Unary* ListItems(Call* call, const ListItemsRequest* request,
                   ListItemsResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ListItemsRequest& asked) {
                       return onewindow::ListItems(asked, engine());
                     });
  }

  grpc::ServerWriteReactor<CaseChange>* WatchCase(Call* call,
                                                  const WatchCaseRequest* request) override {
    return onewindow::WatchCase(door_, {.call = *call, .method = __func__, .request = *request});
  }

  const Engine& engine() const { return door_.premises().engine; }

  const Door door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeFrontDesk(const Premises& premises) {
  return std::make_unique<FrontDeskService>(premises);
}

}  // namespace onewindow
