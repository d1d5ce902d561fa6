#pragma once

#include <cstdint>
#include <span>

namespace onewindow {

// The door by which randomness comes in: keys and nonces only, never anything that a decision sees.
// Callable from any thread.
class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual void Fill(std::span<uint8_t> bytes) = 0;
};

// OpenSSL's generator.
class SystemEntropy final : public Entropy {
 public:
  void Fill(std::span<uint8_t> bytes) override;
};

}  // namespace onewindow
