#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/runtime/entropy.h"

namespace onewindow {

inline constexpr size_t kKeyBytes = 32;

// A secret of 256 bits. Overwritten when it is dropped; never printed.
struct SecretKey {
  std::array<uint8_t, kKeyBytes> bytes{};
  SecretKey() = default;
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();
};

// A file of 32 random bytes that only its owner may read. kNotFound where there is none; kInvalid
// where it has another length, or others may read it.
Result<SecretKey> ReadKeyFile(const std::string& path);
// Makes one. kExists where there is one.
Result<SecretKey> MakeKeyFile(const std::string& path, Entropy& entropy);

// What is sealed under a key, changed or read by nobody who does not have it.
//
// Format of a box: nonce (12 bytes) | AES-256-GCM of the plain bytes | tag (16 bytes).
std::string SealBox(const SecretKey& key, std::string_view plain, Entropy& entropy);
// Nothing where the box was not made under the key.
std::optional<std::string> OpenBox(const SecretKey& key, std::string_view box);

}  // namespace onewindow
