#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace onewindow {

// A few threads for work that is short but waits for a disk, in the order given. However many calls
// have such work, they never have more threads.
class DiskCrew {
 public:
  explicit DiskCrew(size_t threads) {
    for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { TakeWork(); });
  }
  // Does what waits first.
  ~DiskCrew() {
    {
      std::scoped_lock lock(mutex_);
      closing_ = true;
    }
    something_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  DiskCrew(const DiskCrew&) = delete;
  DiskCrew& operator=(const DiskCrew&) = delete;

  // Callable from any thread; never waits.
  void Run(std::function<void()> work) {
    {
      std::scoped_lock lock(mutex_);
      waiting_.push_back(std::move(work));
    }
    something_.notify_one();
  }

 private:
  void TakeWork() {
    while (true) {
      std::function<void()> work;
      {
        std::unique_lock lock(mutex_);
        something_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        work = std::move(waiting_.front());
        waiting_.pop_front();
      }
      work();
    }
  }

  std::mutex mutex_;
  std::condition_variable something_;
  std::deque<std::function<void()>> waiting_;  // Guarded by mutex_.
  bool closing_ = false;                       // Guarded by mutex_.
  std::vector<std::thread> threads_;
};

}  // namespace onewindow
