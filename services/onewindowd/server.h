#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/runtime/engine.h"
#include "engine/runtime/time_source.h"
#include "services/onewindowd/disk_crew.h"
#include "services/onewindowd/long_work.h"
#include "services/onewindowd/settings.h"
#include "services/rpc/credentials.h"
#include "services/rpc/premises.h"
#include "services/rpc/relay.h"
#include "services/rpc/rpc_server.h"

namespace grpc {
class Service;
}

namespace onewindow {

// The server, put together: the engine, the services on it, and where they listen.
class Server {
 public:
  // Opens the data. Faults: Engine::Open's. The time source must outlive the server.
  static Result<std::unique_ptr<Server>> Open(const Settings& settings, const TimeSource& time);
  // Stops if it still runs.
  ~Server();

  // For what is done before anybody can call.
  Engine& engine() { return *engine_; }

  // Begins to listen. Faults: RpcServer::Start's.
  Status Listen();
  // Where it listens, the port that was taken included.
  const std::string& address() const { return rpc_->address(); }

  // Takes a changed credentials file; notes in the log what came of it.
  void RereadCredentials();

  // Answers what waits and refuses what comes; ends when all calls have, or after stop_max.
  void Stop();

 private:
  explicit Server(const Settings& settings);

  const Settings settings_;
  Relay relay_;  // Takes answers of the engine until its end.
  Patience patience_;
  CredentialStore credentials_;
  std::unique_ptr<Engine> engine_;
  LongWork long_work_;
  std::unique_ptr<DiskCrew> disk_crew_;
  std::unique_ptr<Premises> premises_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<RpcServer> rpc_;
};

}  // namespace onewindow
