#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/limits.h"

namespace onewindow {

// Where the answer to a request id lies: candidates, because two ids may share a hash. The log says
// which of them it is.
struct RememberedRequest {
  uint64_t hash = 0;
  Instant recorded_at;

  friend bool operator==(const RememberedRequest&, const RememberedRequest&) = default;
};

// The request ids of the last commands, by hash: those of kRememberedRequestDays days or of the
// last kRememberedRequestsMax commands, whichever are fewer. A fold of the log.
class RecentRequests {
 public:
  // Of who asked and which id he gave; 0 for a command that had none.
  static uint64_t HashOf(std::string_view person, std::string_view request_id);

  // The next command of the log. A hash of 0 only keeps the count.
  // Requires: sequence follows the last one remembered, where there is one.
  void Remember(Sequence sequence, const RememberedRequest& request);
  // Commands with this hash that are recent at `now`, the newest first.
  std::vector<Sequence> Find(uint64_t hash, Instant now) const;

  // The sequences held: [first, next).
  Sequence first() const { return first_; }
  Sequence next() const { return Sequence{first_.value + commands_.size()}; }
  // Requires: first() <= sequence < next().
  const RememberedRequest& At(Sequence sequence) const;

 private:
  struct Slot {
    uint64_t hash = 0;
    uint64_t sequence = 0;  // 0: free.
  };

  void Insert(uint64_t hash, Sequence sequence);
  void Remove(uint64_t hash, Sequence sequence);
  void Grow();
  size_t HomeOf(uint64_t hash) const { return hash & (slots_.size() - 1); }

  Sequence first_{1};
  std::deque<RememberedRequest> commands_;
  // Open addressing; a power of two, at most half full.
  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  size_t used_ = 0;
};

}  // namespace onewindow
