#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace onewindow {

// Builds keys and fixed-width values: big-endian, so that bytes sort as the numbers do.
class ByteWriter {
 public:
  ByteWriter() = default;
  explicit ByteWriter(size_t expected_bytes) { bytes_.reserve(expected_bytes); }

  ByteWriter& U8(uint8_t number) { return Number(number, 1); }
  ByteWriter& U16(uint16_t number) { return Number(number, 2); }
  ByteWriter& U32(uint32_t number) { return Number(number, 4); }
  ByteWriter& U64(uint64_t number) { return Number(number, 8); }
  ByteWriter& Text(std::string_view text) {
    bytes_.append(text);
    return *this;
  }
  std::string Take() { return std::move(bytes_); }

 private:
  ByteWriter& Number(uint64_t number, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      bytes_.push_back(static_cast<char>(number >> shift));
    }
    return *this;
  }

  std::string bytes_;
};

// Takes apart what ByteWriter made. Reading beyond the end gives zeros and clears ok().
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  uint8_t U8() { return static_cast<uint8_t>(Number(1)); }
  uint16_t U16() { return static_cast<uint16_t>(Number(2)); }
  uint32_t U32() { return static_cast<uint32_t>(Number(4)); }
  uint64_t U64() { return Number(8); }
  std::string_view Text(size_t size) {
    if (rest_.size() < size) {
      ok_ = false;
      size = rest_.size();
    }
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }

  bool ok() const { return ok_; }
  std::string_view rest() const { return rest_; }

 private:
  uint64_t Number(size_t width) {
    const std::string_view bytes = Text(width);
    if (!ok_) return 0;
    uint64_t number = 0;
    for (const char byte : bytes) number = number << 8 | static_cast<uint8_t>(byte);
    return number;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace onewindow
