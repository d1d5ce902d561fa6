#include "services/onewindow/grpc_wire.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <thread>

#include "engine/base/check.h"
#include "services/onewindow/files.h"

namespace onewindow {
namespace {

// A page of a thousand cases is far below; without a bound a broken server could fill the memory.
constexpr int kAnswerBytesMax = 64 << 20;

// The only tag of a completion queue that serves one call, one operation at a time.
void* const kTag = nullptr;

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  CHECK(buffer.Dump(&slices).ok()) << "a received message cannot be read";
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// What a failed connection comes to: gRPC tells all its tries, of which the end says enough.
CallFailure NoConnection(const grpc::Status& status, const std::string& server) {
  std::string message = status.error_message();
  return {
      .code = status.error_code(),
      .message = "Expected a server to answer at " + server + ", but: " +
                 message.substr(message.rfind(": ") == message.npos ? 0 : message.rfind(": ") + 2),
      .details = ""};
}

CallFailure FailureOf(const grpc::Status& status, const std::string& server) {
  bool from_server = !status.error_details().empty();
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE && !from_server) {
    return NoConnection(status, server);
  }
  return {.code = status.error_code(),
          .message = status.error_message(),
          .details = status.error_details()};
}

// Waits for the operation under way. False: it could not be done, the call is over.
bool Done(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool succeeded = false;
  CHECK(queue.Next(&tag, &succeeded)) << "the queue was shut down";
  return succeeded;
}

class GrpcWire final : public Wire {
 public:
  GrpcWire(std::shared_ptr<grpc::Channel> channel, Connection connection)
      : stub_(std::move(channel)), connection_(std::move(connection)) {}

  std::variant<std::string, CallFailure> Call(const std::string& method, const std::string& request,
                                              std::chrono::milliseconds deadline) override {
    grpc::ClientContext context;
    Authorise(context);
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    grpc::CompletionQueue queue;
    auto call = stub_.PrepareUnaryCall(&context, method, BufferOf(request), &queue);
    call->StartCall();
    grpc::ByteBuffer answer;
    grpc::Status status;
    call->Finish(&answer, &status, kTag);
    Done(queue);
    if (!status.ok()) return FailureOf(status, connection_.server);
    return BytesOf(answer);
  }

  std::variant<std::string, CallFailure> Send(
      const std::string& method, const std::function<std::optional<std::string>()>& next_request,
      std::chrono::milliseconds deadline) override {
    grpc::ClientContext context;
    Authorise(context);
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    grpc::CompletionQueue queue;
    auto call = stub_.PrepareCall(&context, method, &queue);
    call->StartCall(kTag);
    bool alive = Done(queue);
    // A write that cannot be done: the server has refused already.
    for (auto request = next_request(); alive && request; request = next_request()) {
      call->Write(BufferOf(*request), kTag);
      alive = Done(queue);
    }
    if (alive) {
      call->WritesDone(kTag);
      alive = Done(queue);
    }
    grpc::ByteBuffer answer;
    call->Read(&answer, kTag);
    const bool answered = Done(queue);
    const grpc::Status status = Finish(*call, queue);
    if (!status.ok() || !answered) return FailureOf(status, connection_.server);
    return BytesOf(answer);
  }

  CallFailure Watch(const std::string& method, const std::string& request,
                    const std::function<MoreWanted(const std::string&)>& on_answer) override {
    grpc::ClientContext context;
    Authorise(context);
    grpc::CompletionQueue queue;
    auto call = stub_.PrepareCall(&context, method, &queue);
    call->StartCall(kTag);
    bool alive = Done(queue);
    if (alive) {
      call->WriteLast(BufferOf(request), grpc::WriteOptions(), kTag);
      alive = Done(queue);
    }
    while (alive) {
      grpc::ByteBuffer answer;
      call->Read(&answer, kTag);
      alive = Done(queue);
      if (!alive || on_answer(BytesOf(answer)) == MoreWanted::kYes) continue;
      context.TryCancel();
      Finish(*call, queue);
      return {};
    }
    return FailureOf(Finish(*call, queue), connection_.server);
  }

  void Wait(std::chrono::milliseconds time) override { std::this_thread::sleep_for(time); }

 private:
  void Authorise(grpc::ClientContext& context) const {
    if (connection_.token.empty()) return;
    context.AddMetadata("authorization", "Bearer " + connection_.token);
  }

  static grpc::Status Finish(grpc::GenericClientAsyncReaderWriter& call,
                             grpc::CompletionQueue& queue) {
    grpc::Status status;
    call.Finish(&status, kTag);
    Done(queue);
    return status;
  }

  grpc::GenericStub stub_;
  Connection connection_;
};

Result<std::string> ReadPem(const std::string& file) {
  if (file.empty()) return std::string();
  return ReadWholeFile(file);
}

}  // namespace

Result<std::unique_ptr<Wire>> OpenGrpcWire(const Connection& connection) {
  auto credentials = grpc::InsecureChannelCredentials();
  if (!connection.ca_file.empty() || !connection.certificate_file.empty()) {
    auto ca = ReadPem(connection.ca_file);
    auto certificate = ReadPem(connection.certificate_file);
    auto key = ReadPem(connection.key_file);
    for (const auto* read : {&ca, &certificate, &key}) {
      if (!read->ok()) return read->fault();
    }
    credentials = grpc::SslCredentials({.pem_root_certs = ca.value(),
                                        .pem_private_key = key.value(),
                                        .pem_cert_chain = certificate.value()});
  }
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kAnswerBytesMax);
  return std::unique_ptr<Wire>(std::make_unique<GrpcWire>(
      grpc::CreateCustomChannel(connection.server, credentials, arguments), connection));
}

}  // namespace onewindow
