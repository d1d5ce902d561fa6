#include "engine/runtime/entropy.h"

#include <openssl/rand.h>

#include "engine/base/check.h"

namespace onewindow {

void SystemEntropy::Fill(std::span<uint8_t> bytes) {
  CHECK(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
}

}  // namespace onewindow
