#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace onewindow {

// Takes work off the engine's writer thread and does it on gRPC's own threads, one piece after
// another, in the order given. The work must be short.
class Relay {
 public:
  Relay();
  // Waits until all work is done.
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // Callable from any thread; never waits.
  void Run(std::function<void()> work);
  // Until no work waits or is done. Requires: called by none of the work.
  void WaitUntilIdle();

 private:
  void Drain();

  std::mutex mutex_;
  std::condition_variable idle_;
  std::deque<std::function<void()>> waiting_;  // Guarded by mutex_.
  bool draining_ = false;                      // Guarded by mutex_.
};

}  // namespace onewindow
