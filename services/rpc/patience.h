#pragma once

#include <grpc/support/time.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace grpc {
class Alarm;
}

namespace onewindow {

// Something that is told when it has waited too long.
class Waiting {
 public:
  virtual ~Waiting() = default;
  // From one of gRPC's threads, also where it has stopped waiting meanwhile.
  virtual void OnTimeOut() = 0;
};

// How long callers wait who said nothing of it themselves: all the same time, and one alarm for
// all, since one for each call would cost more than many a call.
class Patience {
 public:
  explicit Patience(int seconds_max);
  // Requires: nobody begins any more.
  ~Patience();
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

  // Callable from any thread. Who no longer exists when the time is over is not told.
  void Begin(std::weak_ptr<Waiting> waiting);

 private:
  struct Entry {
    gpr_timespec deadline;
    std::weak_ptr<Waiting> waiting;
  };

  void Fire();
  // These require that mutex_ is held; Arm() also that somebody waits and no alarm is set.
  void Arm();
  void ForgetAnswered();
  std::vector<std::shared_ptr<Waiting>> TakeLate();

  const gpr_timespec seconds_max_;
  std::mutex mutex_;
  std::condition_variable quiet_;
  std::deque<Entry> waiting_;      // Guarded by mutex_, as all below; the oldest first.
  grpc::Alarm* alarm_ = nullptr;  // Owned by its own callback.
  bool closing_ = false;
};

}  // namespace onewindow
