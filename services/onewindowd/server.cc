#include "services/onewindowd/server.h"

#include <grpcpp/impl/service_type.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "services/administration/administration.h"
#include "services/back_office/back_office.h"
#include "services/front_desk/front_desk.h"
#include "services/onewindowd/version.h"
#include "services/supervision/supervision.h"
#include "services/unified_window/unified_window.h"

namespace onewindow {
namespace {

// How long a command may wait where its caller says nothing of it.
constexpr int kAnswerSecondsMax = 10;
constexpr size_t kDiskThreads = 4;

}  // namespace

Server::Server(const Settings& settings)
    : settings_(settings), patience_(kAnswerSecondsMax), credentials_(settings.credentials_file) {}

Result<std::unique_ptr<Server>> Server::Open(const Settings& settings, const TimeSource& time) {
  std::unique_ptr<Server> server(new Server(settings));
  auto engine = Engine::Open(settings.engine, time);
  if (!engine.ok()) return engine.fault();
  server->engine_ = std::move(engine).value();
  server->disk_crew_ = std::make_unique<DiskCrew>(kDiskThreads);
  server->premises_.reset(new Premises{
      .engine = *server->engine_,
      .credentials = server->credentials_,
      .relay = server->relay_,
      .patience = server->patience_,
      .run_long = [&work = server->long_work_](auto piece) { work.Run(std::move(piece)); },
      .run_on_disk = [&crew = *server->disk_crew_](auto piece) { crew.Run(std::move(piece)); },
      .data_directory = settings.engine.data_directory,
      .backup_directory = settings.backup_directory,
      .version = std::string(kServerVersion),
      .started_at = time.Now()});
  for (const auto make :
       {MakeFrontDesk, MakeBackOffice, MakeUnifiedWindow, MakeSupervision, MakeAdministration}) {
    server->services_.push_back(make(*server->premises_));
  }
  return server;
}

Server::~Server() { Stop(); }

Status Server::Listen() {
  RereadCredentials();
  std::vector<grpc::Service*> services;
  for (const auto& service : services_) services.push_back(service.get());
  auto rpc = RpcServer::Start(settings_.rpc, services);
  if (!rpc.ok()) return rpc.fault();
  rpc_ = std::move(rpc).value();
  return {};
}

void Server::RereadCredentials() {
  const auto reread = credentials_.RereadIfChanged();
  if (!reread.ok()) {
    spdlog::error("credentials stay as they were: {}", reread.fault().message);
  } else if (reread.value() == CredentialStore::Reread::kTaken) {
    spdlog::info("credentials: {} tokens", credentials_.current()->size());
  }
}

void Server::Stop() {
  if (engine_ == nullptr) return;
  // The engine first: its answers and the ends of watches are what calls under way wait for.
  engine_->Stop();
  if (rpc_ != nullptr) rpc_->Stop(settings_.stop_max);
  long_work_.Wait();
  disk_crew_.reset();
  relay_.WaitUntilIdle();
  rpc_.reset();
  services_.clear();
  engine_.reset();
  relay_.WaitUntilIdle();
}

}  // namespace onewindow
