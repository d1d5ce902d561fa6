#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onewindow {

using Digest = std::array<uint8_t, 32>;

Digest Sha256(std::string_view bytes);

// Lower-case hexadecimal digits, and back; the other way also takes upper-case ones, and gives
// nothing for anything else.
std::string ToHex(std::string_view bytes);
std::optional<std::string> FromHex(std::string_view digits);

// Takes the same time wherever they differ.
bool SameSecret(std::string_view given, std::string_view right);

}  // namespace onewindow
