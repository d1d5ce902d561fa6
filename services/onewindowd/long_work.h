#pragma once

#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace onewindow {

// Work that takes long, each piece on a thread of its own.
class LongWork {
 public:
  LongWork() = default;
  // Waits for all of it.
  ~LongWork() { Wait(); }
  LongWork(const LongWork&) = delete;
  LongWork& operator=(const LongWork&) = delete;

  void Run(std::function<void()> work) {
    std::scoped_lock lock(mutex_);
    threads_.emplace_back(std::move(work));
  }
  void Wait() {
    std::vector<std::thread> all;
    {
      std::scoped_lock lock(mutex_);
      all.swap(threads_);
    }
    for (std::thread& thread : all) thread.join();
  }

 private:
  std::mutex mutex_;
  std::vector<std::thread> threads_;  // Guarded by mutex_.
};

}  // namespace onewindow
