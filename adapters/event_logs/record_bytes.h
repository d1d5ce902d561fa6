#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/instant.h"

namespace onewindow {

// Writes values as bytes, for the records of a sort. Numbers and instants compare as their bytes
// do, and so do texts without NUL; a key made of them orders by the first, then the second, ...
//
// Format: number = 8 bytes, big-endian; instant = its microseconds since 1970, the sign bit
// flipped, as a number; optional instant = byte 0, or byte 1 and an instant; text = its bytes and a
// NUL.
class RecordWriter {
 public:
  RecordWriter& Number(uint64_t number);
  RecordWriter& Time(Instant instant);
  RecordWriter& OptionalTime(const std::optional<Instant>& instant);
  // Requires: the text contains no NUL.
  RecordWriter& Text(std::string_view text);

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads them back in the same order. Requires: the bytes are what RecordWriter wrote.
class RecordReader {
 public:
  explicit RecordReader(std::string_view bytes) : bytes_(bytes) {}

  uint64_t Number();
  Instant Time();
  std::optional<Instant> OptionalTime();
  std::string Text();

 private:
  std::string_view Take(size_t count);

  std::string_view bytes_;
};

}  // namespace onewindow
