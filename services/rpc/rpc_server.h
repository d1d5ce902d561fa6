#pragma once

#include <grpcpp/impl/service_type.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace grpc {
class Server;
class ServerCredentials;
}  // namespace grpc

namespace onewindow {

// PEM files of the server's certificate and of whoever signs its callers'.
struct TlsFiles {
  std::string certificate;
  std::string key;
  std::string client_ca;
  bool set() const { return !certificate.empty() || !key.empty() || !client_ca.empty(); }
};

struct RpcServerOptions {
  // "127.0.0.1:7443", "[::1]:7443", "localhost:7443", "unix:/run/onewindow.sock"; port 0 takes a
  // free one.
  std::string listen;
  TlsFiles tls;
};

// The address as one that only this machine reaches.
bool IsLoopback(const std::string& listen);

// gRPC, with health and reflection.
class RpcServer {
 public:
  // kInvalid for an address that others can reach without certificates asked of callers, and for
  // certificate files that cannot be read; kUnavailable where the address cannot be listened at.
  // The services must outlive the server.
  static Result<std::unique_ptr<RpcServer>> Start(const RpcServerOptions& options,
                                                  const std::vector<grpc::Service*>& services);
  // Stops at once if it still runs.
  ~RpcServer();

  // As given, with the port that was taken.
  const std::string& address() const { return address_; }

  // Tells the health service and takes no new calls; those under way may last so long, then they
  // are cut off.
  void Stop(std::chrono::milliseconds patience);

 private:
  RpcServer(std::unique_ptr<grpc::Server> server, std::string address);

  std::unique_ptr<grpc::Server> server_;
  const std::string address_;
};

}  // namespace onewindow
