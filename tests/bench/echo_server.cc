// echo_server ANSWERS: gRPC's callback API with nothing behind it. The rpcs of a case's life are
// answered with the bytes in ANSWERS, a file with one answer a step, each behind its length in
// decimal and a line end. Requests are taken as bytes and not looked at. Prints where it listens;
// ends when its standard input does.

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/byte_buffer.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "onewindow/v1/back_office.grpc.pb.h"
#include "onewindow/v1/front_desk.grpc.pb.h"
#include "onewindow/v1/unified_window.grpc.pb.h"
#include "tests/bench/desk_life.h"

namespace onewindow {
namespace {

using grpc::ByteBuffer;
using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

// One for each of kDeskSteps.
using Answers = std::array<ByteBuffer, kDeskSteps.size()>;

ServerUnaryReactor* Reply(CallbackServerContext* call, const Answers& answers, DeskStep step,
                          ByteBuffer* reply) {
  *reply = answers[static_cast<size_t>(step)];
  ServerUnaryReactor* reactor = call->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

class EchoFrontDesk final : public FrontDesk::WithRawCallbackMethod_Submit<
                                FrontDesk::WithRawCallbackMethod_Accept<FrontDesk::Service>> {
 public:
  explicit EchoFrontDesk(const Answers& answers) : answers_(answers) {}
  ServerUnaryReactor* Submit(CallbackServerContext* call, const ByteBuffer*,
                             ByteBuffer* reply) override {
    return Reply(call, answers_, DeskStep::kSubmit, reply);
  }
  ServerUnaryReactor* Accept(CallbackServerContext* call, const ByteBuffer*,
                             ByteBuffer* reply) override {
    return Reply(call, answers_, DeskStep::kAccept, reply);
  }

 private:
  const Answers& answers_;
};

class EchoBackOffice final : public BackOffice::WithRawCallbackMethod_Claim<
                                 BackOffice::WithRawCallbackMethod_Decide<BackOffice::Service>> {
 public:
  explicit EchoBackOffice(const Answers& answers) : answers_(answers) {}
  ServerUnaryReactor* Claim(CallbackServerContext* call, const ByteBuffer*,
                            ByteBuffer* reply) override {
    return Reply(call, answers_, DeskStep::kClaim, reply);
  }
  ServerUnaryReactor* Decide(CallbackServerContext* call, const ByteBuffer*,
                             ByteBuffer* reply) override {
    return Reply(call, answers_, DeskStep::kDecide, reply);
  }

 private:
  const Answers& answers_;
};

class EchoUnifiedWindow final
    : public UnifiedWindow::WithRawCallbackMethod_Deliver<
          UnifiedWindow::WithRawCallbackMethod_Close<UnifiedWindow::Service>> {
 public:
  explicit EchoUnifiedWindow(const Answers& answers) : answers_(answers) {}
  ServerUnaryReactor* Deliver(CallbackServerContext* call, const ByteBuffer*,
                              ByteBuffer* reply) override {
    return Reply(call, answers_, DeskStep::kDeliver, reply);
  }
  ServerUnaryReactor* Close(CallbackServerContext* call, const ByteBuffer*,
                            ByteBuffer* reply) override {
    return Reply(call, answers_, DeskStep::kClose, reply);
  }

 private:
  const Answers& answers_;
};

bool ReadAnswers(const char* path, Answers& answers) {
  std::ifstream file(path, std::ios::binary);
  for (ByteBuffer& answer : answers) {
    size_t bytes = 0;
    file >> bytes;
    file.get();
    std::string text(bytes, '\0');
    file.read(text.data(), static_cast<std::streamsize>(bytes));
    if (!file || bytes == 0) return false;
    const grpc::Slice slice(text);
    answer = ByteBuffer(&slice, 1);
  }
  return true;
}

int Serve(const char* path) {
  Answers answers;
  if (!ReadAnswers(path, answers)) {
    std::fprintf(stderr, "echo_server: %s does not hold the answers\n", path);
    return 2;
  }
  EchoFrontDesk front_desk(answers);
  EchoBackOffice back_office(answers);
  EchoUnifiedWindow unified_window(answers);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&front_desk);
  builder.RegisterService(&back_office);
  builder.RegisterService(&unified_window);
  const auto server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::printf("echo_server listens at 127.0.0.1:%d\n", port);
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}

}  // namespace
}  // namespace onewindow

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: echo_server ANSWERS\n");
    return 2;
  }
  return onewindow::Serve(argv[1]);
}
