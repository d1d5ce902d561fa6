#include "engine/runtime/watch.h"

#include <utility>

namespace onewindow {

std::optional<Change> Watch::Next() {
  std::lock_guard lock(mutex_);
  if (waiting_.empty()) {
    wake_wanted_ = true;
    return std::nullopt;
  }
  const Change change = waiting_.front();
  waiting_.pop_front();
  return change;
}

std::optional<std::string> Watch::ended() const {
  std::lock_guard lock(mutex_);
  return ended_;
}

void Watch::Add(const Change& change) {
  bool wake = false;
  {
    std::lock_guard lock(mutex_);
    if (ended_) return;
    if (waiting_.size() >= kWatchBacklogMax) {
      ended_ = "the watcher fell " + std::to_string(kWatchBacklogMax) + " changes behind";
      wake = true;
    } else {
      waiting_.push_back(change);
      wake = std::exchange(wake_wanted_, false);
    }
  }
  // Outside the lock: whoever is woken may call Next at once.
  if (wake) wake_();
}

void Watch::End(const std::string& reason) {
  {
    std::lock_guard lock(mutex_);
    if (ended_) return;
    ended_ = reason;
  }
  wake_();
}

}  // namespace onewindow
