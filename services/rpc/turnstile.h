#pragma once

#include <atomic>

namespace onewindow {

// Lets one in at a time; others are turned away, not kept waiting.
class Turnstile {
 public:
  enum class Entry { kEntered, kTurnedAway };
  Entry Enter() { return taken_.exchange(true) ? Entry::kTurnedAway : Entry::kEntered; }
  // Requires: entered.
  void Leave() { taken_.store(false); }

 private:
  std::atomic<bool> taken_ = false;
};

}  // namespace onewindow
