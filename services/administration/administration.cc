#include "services/administration/administration.h"

#include "onewindow/v1/administration.grpc.pb.h"
#include "services/administration/backup_call.h"
#include "services/administration/documents.h"
#include "services/administration/incidents.h"
#include "services/administration/server_status.h"
#include "services/rpc/door.h"
#include "services/rpc/item_queries.h"

namespace onewindow {
namespace {

// Each method is one line: what it means is the engine's.
class AdministrationService final : public v1::Administration::CallbackService {
 public:
  explicit AdministrationService(const Premises& premises)
      : door_(*GetItemRequest::descriptor()->file()->FindServiceByName("Administration"),
              premises) {}

 private:
  using Call = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  Unary* PublishItem(Call* call, const v1::PublishItem* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* PublishCalendar(Call* call, const v1::PublishCalendar* wish,
                         CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* PublishOrganisation(Call* call, const v1::PublishOrganisation* wish,
                             CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* ResolveIncident(Call* call, const v1::ResolveIncident* wish,
                         CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* RecordAbsence(Call* call, const v1::RecordAbsence* wish,
                       CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* ArrangeSubstitution(Call* call, const v1::ArrangeSubstitution* wish,
                             CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* EndSubstitution(Call* call, const v1::EndSubstitution* wish,
                         CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }

  Unary* ListItems(Call* call, const ListItemsRequest* request,
                   ListItemsResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const ListItemsRequest& asked) {
                       return onewindow::ListItems(asked, engine());
                     });
  }

  Unary* GetItem(Call* call, const GetItemRequest* request, ServiceItem* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const GetItemRequest& asked) {
                       return onewindow::GetItem(asked, engine());
                     });
  }

  Unary* GetCalendar(Call* call, const GetCalendarRequest* request, Calendar* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const GetCalendarRequest& asked) {
                       return onewindow::GetCalendar(asked, engine());
                     });
  }

  Unary* GetOrganisation(Call* call, const GetOrganisationRequest* request,
                         OrganisationChart* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const GetOrganisationRequest&) {
                       return onewindow::GetOrganisation(engine());
                     });
  }

  Unary* ListIncidents(Call* call, const ListIncidentsRequest* request,
                       ListIncidentsResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const ListIncidentsRequest& asked) {
                       return onewindow::ListIncidents(asked, caller, engine());
                     });
  }

  Unary* CorrectPersonalData(Call* call, const v1::CorrectPersonalData* wish,
                             CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }
  Unary* ForgetPerson(Call* call, const v1::ForgetPerson* wish, CommandOutcome* outcome) override {
    return door_.Submit(call, __func__, wish, outcome);
  }

  Unary* GetStatus(Call* call, const GetStatusRequest* request, ServerStatus* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity&, const GetStatusRequest&) {
                       return onewindow::GetStatus(door_.premises());
                     });
  }

  Unary* ConfirmClock(Call* call, const ConfirmClockRequest* request,
                      ConfirmClockResponse* response) override {
    return door_.Ask(call, __func__, request, response,
                     [&](const Identity& caller, const ConfirmClockRequest&) {
                       return onewindow::ConfirmClock(caller, engine());
                     });
  }

  Unary* CreateBackup(Call* call, const CreateBackupRequest* request,
                      CreateBackupResponse* response) override {
    return backups_.Start(
        door_, {.call = *call, .method = __func__, .request = *request, .response = *response});
  }

  Engine& engine() const { return door_.premises().engine; }

  const Door door_;
  Backups backups_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeAdministration(const Premises& premises) {
  return std::make_unique<AdministrationService>(premises);
}

}  // namespace onewindow
