#include "services/rpc/rpc_server.h"

#include <absl/synchronization/mutex.h>
#include <grpc/grpc.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/base/limits.h"

namespace onewindow {
namespace {

// Debian's gRPC 1.51 is open to floods of headers and resets, hence the narrow bounds.
constexpr int kStreamsMax = 128;  // At once, on one connection.
constexpr int kMetadataBytesMax = 8192;
constexpr int kHandshakeMsMax = 10'000;
constexpr int kKeepaliveMs = 60'000;
constexpr int kKeepaliveAnswerMsMax = 20'000;
constexpr int kConnectionIdleMsMax = 300'000;

std::string_view HostOf(std::string_view listen) { return listen.substr(0, listen.rfind(':')); }

Result<std::string> ReadPem(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file || text.empty()) {
    return Fault{FaultKind::kInvalid, "tls: " + path + " cannot be read"};
  }
  return text;
}

Result<std::shared_ptr<grpc::ServerCredentials>> MutualTls(const TlsFiles& files) {
  auto certificate = ReadPem(files.certificate);
  if (!certificate.ok()) return certificate.fault();
  auto key = ReadPem(files.key);
  if (!key.ok()) return key.fault();
  auto client_ca = ReadPem(files.client_ca);
  if (!client_ca.ok()) return client_ca.fault();

  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = client_ca.value();
  options.pem_key_cert_pairs.push_back(
      {.private_key = key.value(), .cert_chain = certificate.value()});
  return grpc::SslServerCredentials(options);
}

Result<std::shared_ptr<grpc::ServerCredentials>> CredentialsFor(const RpcServerOptions& options) {
  if (options.tls.set()) return MutualTls(options.tls);
  if (IsLoopback(options.listen)) return grpc::InsecureServerCredentials();
  return Fault{FaultKind::kInvalid,
               "listen: others can reach " + options.listen +
                   "; give tls with certificate, key and client_ca, or listen on 127.0.0.1"};
}

void SetBounds(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kRequestBytesMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kStreamsMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMetadataBytesMax);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeMsMax);
  // A second server on the same port is an error, not a share of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveAnswerMsMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, kConnectionIdleMsMax);
  // Measuring the line to widen its windows is for bulk over distances; calls here are small.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
}

std::string WithPort(const std::string& listen, int port) {
  if (listen.starts_with("unix:")) return listen;
  return std::string(HostOf(listen)) + ':' + std::to_string(port);
}

}  // namespace

bool IsLoopback(const std::string& listen) {
  if (listen.starts_with("unix:")) return true;
  const std::string_view host = HostOf(listen);
  const bool is_address = host.find_first_not_of("0123456789.") == std::string_view::npos;
  return host == "localhost" || host == "[::1]" || (is_address && host.starts_with("127."));
}

Result<std::unique_ptr<RpcServer>> RpcServer::Start(const RpcServerOptions& options,
                                                    const std::vector<grpc::Service*>& services) {
  auto credentials = CredentialsFor(options);
  if (!credentials.ok()) return credentials.fault();

  // Debian's Abseil looks for deadlocks of gRPC's own locks at each of them, as a debug build does.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  grpc::EnableDefaultHealthCheckService(true);
  static const bool kReflection = [] {
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  static_cast<void>(kReflection);

  grpc::ServerBuilder builder;
  SetBounds(builder);
  int port = 0;
  builder.AddListeningPort(options.listen, credentials.value(), &port);
  for (grpc::Service* service : services) builder.RegisterService(service);
  auto server = builder.BuildAndStart();
  if (server == nullptr) {
    return Fault{FaultKind::kUnavailable, "listen: cannot listen at " + options.listen};
  }
  return std::unique_ptr<RpcServer>(
      new RpcServer(std::move(server), WithPort(options.listen, port)));
}

RpcServer::RpcServer(std::unique_ptr<grpc::Server> server, std::string address)
    : server_(std::move(server)), address_(std::move(address)) {
  if (auto* health = server_->GetHealthCheckService()) health->SetServingStatus(true);
}

RpcServer::~RpcServer() { Stop(std::chrono::milliseconds(0)); }

void RpcServer::Stop(std::chrono::milliseconds patience) {
  if (server_ == nullptr) return;
  if (auto* health = server_->GetHealthCheckService()) health->SetServingStatus(false);
  server_->Shutdown(gpr_time_add(gpr_now(GPR_CLOCK_REALTIME),
                                 gpr_time_from_millis(patience.count(), GPR_TIMESPAN)));
  server_->Wait();
  server_.reset();
}

}  // namespace onewindow
