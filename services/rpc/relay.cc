#include "services/rpc/relay.h"

#include <grpc/grpc.h>
#include <grpc/support/time.h>
#include <grpcpp/alarm.h>

#include <memory>
#include <utility>

namespace onewindow {
namespace {

// An alarm that is due at once is gRPC's way to run something on its own threads.
void RunOnGrpcThread(std::function<void()> work) {
  auto* alarm = new grpc::Alarm;
  alarm->Set(gpr_time_0(GPR_CLOCK_MONOTONIC), [alarm, work = std::move(work)](bool) {
    const std::unique_ptr<grpc::Alarm> fired(alarm);
    work();
  });
}

}  // namespace

// gRPC's threads last at least as long as this object.
Relay::Relay() { grpc_init(); }

Relay::~Relay() {
  WaitUntilIdle();
  grpc_shutdown();
}

void Relay::WaitUntilIdle() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return !draining_; });
}

void Relay::Run(std::function<void()> work) {
  {
    std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(work));
    if (draining_) return;
    draining_ = true;
  }
  RunOnGrpcThread([this] { Drain(); });
}

void Relay::Drain() {
  while (true) {
    std::deque<std::function<void()>> taken;
    {
      std::scoped_lock lock(mutex_);
      if (waiting_.empty()) {
        draining_ = false;
        // Under the lock: whoever is woken by it may end this object.
        idle_.notify_all();
        return;
      }
      taken.swap(waiting_);
    }
    for (const auto& work : taken) work();
  }
}

}  // namespace onewindow
