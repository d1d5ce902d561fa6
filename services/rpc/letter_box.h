#pragma once

#include <mutex>
#include <optional>
#include <utility>

namespace onewindow {

// One value on its way from one thread to another.
template <typename T>
class LetterBox {
 public:
  // What was there is replaced.
  void Put(T value) {
    std::scoped_lock lock(mutex_);
    value_ = std::move(value);
  }
  std::optional<T> Take() {
    std::scoped_lock lock(mutex_);
    return std::exchange(value_, std::nullopt);
  }

 private:
  std::mutex mutex_;
  std::optional<T> value_;  // Guarded by mutex_.
};

}  // namespace onewindow
