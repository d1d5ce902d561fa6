#include "engine/runtime/entropy.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/base/check.h"

namespace onewindow {
namespace {

// Random bytes in store, each given out once. OpenSSL's generator costs about the same for a nonce
// as for all of this.
class RandomStore {
 public:
  ~RandomStore() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

  void Take(std::span<uint8_t> bytes) {
    if (bytes.size() > bytes_.size() - used_) Refill();
    const auto from = bytes_.begin() + static_cast<std::ptrdiff_t>(used_);
    std::copy_n(from, bytes.size(), bytes.begin());
    std::fill_n(from, bytes.size(), uint8_t{0});
    used_ += bytes.size();
  }

  size_t size() const { return bytes_.size(); }

 private:
  void Refill() {
    CHECK(RAND_bytes(bytes_.data(), static_cast<int>(bytes_.size())) == 1);
    used_ = 0;
  }

  std::array<uint8_t, 768> bytes_{};
  size_t used_ = bytes_.size();
};

}  // namespace

void SystemEntropy::Fill(std::span<uint8_t> bytes) {
  thread_local RandomStore store;
  if (bytes.size() <= store.size()) return store.Take(bytes);
  CHECK(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
}

}  // namespace onewindow
