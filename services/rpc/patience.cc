#include "services/rpc/patience.h"

#include <grpc/grpc.h>
#include <grpcpp/alarm.h>

#include <utility>

namespace onewindow {

Patience::Patience(int seconds_max)
    : seconds_max_(gpr_time_from_seconds(seconds_max, GPR_TIMESPAN)) {
  grpc_init();
}

Patience::~Patience() {
  {
    std::unique_lock lock(mutex_);
    closing_ = true;
    if (alarm_ != nullptr) alarm_->Cancel();
    quiet_.wait(lock, [this] { return alarm_ == nullptr; });
  }
  grpc_shutdown();
}

void Patience::Begin(std::weak_ptr<Waiting> waiting) {
  const gpr_timespec deadline = gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), seconds_max_);
  std::scoped_lock lock(mutex_);
  ForgetAnswered();
  waiting_.push_back({deadline, std::move(waiting)});
  if (alarm_ == nullptr) Arm();
}

// So the queue is no longer than what came since the oldest that still waits.
void Patience::ForgetAnswered() {
  while (!waiting_.empty() && waiting_.front().waiting.expired()) waiting_.pop_front();
}

void Patience::Arm() {
  alarm_ = new grpc::Alarm;
  alarm_->Set(waiting_.front().deadline, [this, alarm = alarm_](bool) {
    const std::unique_ptr<grpc::Alarm> fired(alarm);
    Fire();
  });
}

std::vector<std::shared_ptr<Waiting>> Patience::TakeLate() {
  std::vector<std::shared_ptr<Waiting>> late;
  const gpr_timespec now = gpr_now(GPR_CLOCK_MONOTONIC);
  while (!waiting_.empty() && gpr_time_cmp(waiting_.front().deadline, now) <= 0) {
    if (auto waiting = waiting_.front().waiting.lock()) late.push_back(std::move(waiting));
    waiting_.pop_front();
  }
  return late;
}

void Patience::Fire() {
  std::vector<std::shared_ptr<Waiting>> late;
  {
    std::scoped_lock lock(mutex_);
    alarm_ = nullptr;
    late = TakeLate();
    ForgetAnswered();
    if (!waiting_.empty() && !closing_) Arm();
    if (alarm_ == nullptr) quiet_.notify_all();
  }
  for (const auto& waiting : late) waiting->OnTimeOut();
}

}  // namespace onewindow
