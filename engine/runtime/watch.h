#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {

// A case that a watched thing has to do with changed.
struct Change {
  Sequence sequence;
  CaseId case_id;
};

inline constexpr size_t kWatchBacklogMax = 1024;

// What happened since somebody began to look. The engine adds and never waits: a watcher who lets
// more than kWatchBacklogMax changes pile up is dropped. Callable from any thread.
class Watch {
 public:
  // `wake` is called on the writer's thread when the first change comes after Next() had found
  // none, and when the watch ends. Must neither block nor call the engine.
  explicit Watch(std::function<void()> wake) : wake_(std::move(wake)) {}

  // The oldest change not yet taken.
  std::optional<Change> Next();
  // Why there will be no more changes: dropped for slowness, or the server stops. What is waiting
  // can still be taken.
  std::optional<std::string> ended() const;

  // For the engine.
  void Add(const Change& change);
  void End(const std::string& reason);

 private:
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::deque<Change> waiting_;        // Guarded by mutex_.
  bool wake_wanted_ = true;           // Guarded by mutex_.
  std::optional<std::string> ended_;  // Guarded by mutex_.
};

}  // namespace onewindow
