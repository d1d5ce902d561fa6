#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace onewindow {

// CRC-32C (Castagnoli), as in RFC 3720, B.4.
constexpr uint32_t Crc32c(std::string_view bytes) {
  constexpr auto kTable = [] {
    constexpr uint32_t kReversedPolynomial = 0x82F63B78;
    std::array<uint32_t, 256> table{};
    for (uint32_t byte = 0; byte < table.size(); ++byte) {
      uint32_t rest = byte;
      for (int bit = 0; bit < 8; ++bit) rest = (rest >> 1) ^ (rest & 1 ? kReversedPolynomial : 0);
      table[byte] = rest;
    }
    return table;
  }();
  uint32_t crc = 0xFFFFFFFF;
  for (const char byte : bytes)
    crc = (crc >> 8) ^ kTable[(crc ^ static_cast<uint8_t>(byte)) & 0xFF];
  return crc ^ 0xFFFFFFFF;
}

}  // namespace onewindow
