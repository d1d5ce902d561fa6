#include "engine/runtime/recent_requests.h"

#include "engine/base/check.h"

namespace onewindow {
namespace {

// FNV-1a: the same on every machine, as checkpoints hold it. Whoever makes two ids collide only
// makes the log be asked once more.
class Fnv {
 public:
  Fnv& Add(std::string_view bytes) {
    for (const char byte : bytes) Add(static_cast<uint8_t>(byte));
    return Add(uint8_t{0});
  }
  uint64_t Finish() const { return Scattered(hash_); }

 private:
  Fnv& Add(uint8_t byte) {
    hash_ = (hash_ ^ byte) * 0x100000001B3;
    return *this;
  }
  // FNV's low bits depend on low bits only, and slots are chosen by them.
  static uint64_t Scattered(uint64_t hash) {
    hash ^= hash >> 33;
    hash *= 0xFF51AFD7ED558CCD;
    return hash ^ (hash >> 33);
  }

  uint64_t hash_ = 0xCBF29CE484222325;
};

}  // namespace

uint64_t RecentRequests::HashOf(std::string_view person, std::string_view request_id) {
  if (request_id.empty()) return 0;
  const uint64_t hash = Fnv().Add(person).Add(request_id).Finish();
  return hash == 0 ? 1 : hash;
}

void RecentRequests::Remember(Sequence sequence, const RememberedRequest& request) {
  if (commands_.empty()) first_ = sequence;
  CHECK(sequence == next()) << sequence.value << " after " << next().value;
  commands_.push_back(request);
  if (request.hash != 0) Insert(request.hash, sequence);
  constexpr std::chrono::days kAge(kRememberedRequestDays);
  while (commands_.size() > static_cast<size_t>(kRememberedRequestsMax) ||
         commands_.front().recorded_at + kAge < request.recorded_at) {
    if (commands_.front().hash != 0) Remove(commands_.front().hash, first_);
    commands_.pop_front();
    ++first_.value;
  }
}

std::vector<Sequence> RecentRequests::Find(uint64_t hash, Instant now) const {
  std::vector<Sequence> found;
  constexpr std::chrono::days kAge(kRememberedRequestDays);
  for (size_t at = HomeOf(hash); slots_[at].sequence != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Sequence sequence{slots_[at].sequence};
    if (slots_[at].hash != hash || At(sequence).recorded_at + kAge < now) continue;
    found.insert(found.begin(), sequence);
  }
  return found;
}

const RememberedRequest& RecentRequests::At(Sequence sequence) const {
  CHECK(first_ <= sequence && sequence < next()) << sequence.value;
  return commands_[sequence.value - first_.value];
}

void RecentRequests::Insert(uint64_t hash, Sequence sequence) {
  if (2 * (used_ + 1) > slots_.size()) Grow();
  size_t at = HomeOf(hash);
  while (slots_[at].sequence != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {.hash = hash, .sequence = sequence.value};
  ++used_;
}

// Closes the gap, so that no search ends early: a later slot moves into it unless that would put it
// before its home.
void RecentRequests::Remove(uint64_t hash, Sequence sequence) {
  const size_t mask = slots_.size() - 1;
  size_t gap = HomeOf(hash);
  while (slots_[gap].sequence != sequence.value) {
    CHECK(slots_[gap].sequence != 0) << sequence.value;
    gap = (gap + 1) & mask;
  }
  for (size_t at = (gap + 1) & mask; slots_[at].sequence != 0; at = (at + 1) & mask) {
    const size_t home = HomeOf(slots_[at].hash);
    if (((at - home) & mask) < ((at - gap) & mask)) continue;
    slots_[gap] = slots_[at];
    gap = at;
  }
  slots_[gap] = {};
  --used_;
}

void RecentRequests::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  used_ = 0;
  for (const Slot& slot : old) {
    if (slot.sequence != 0) Insert(slot.hash, Sequence{slot.sequence});
  }
}

}  // namespace onewindow
