#include "adapters/event_logs/record_bytes.h"

#include "engine/base/check.h"

namespace onewindow {
namespace {

constexpr uint64_t kSignBit = uint64_t{1} << 63;

}  // namespace

RecordWriter& RecordWriter::Number(uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes_.push_back(static_cast<char>(number >> shift & 0xFF));
  }
  return *this;
}

RecordWriter& RecordWriter::Time(Instant instant) {
  return Number(static_cast<uint64_t>(instant.time_since_epoch().count()) ^ kSignBit);
}

RecordWriter& RecordWriter::OptionalTime(const std::optional<Instant>& instant) {
  bytes_.push_back(instant ? '\1' : '\0');
  return instant ? Time(*instant) : *this;
}

RecordWriter& RecordWriter::Text(std::string_view text) {
  CHECK(text.find('\0') == std::string_view::npos);
  bytes_.append(text).push_back('\0');
  return *this;
}

uint64_t RecordReader::Number() {
  uint64_t number = 0;
  for (char byte : Take(8)) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

Instant RecordReader::Time() {
  return Instant(Duration(static_cast<int64_t>(Number() ^ kSignBit)));
}

std::optional<Instant> RecordReader::OptionalTime() {
  if (Take(1)[0] == '\0') return std::nullopt;
  return Time();
}

std::string RecordReader::Text() {
  size_t end = bytes_.find('\0');
  CHECK(end != std::string_view::npos);
  std::string text(Take(end));
  Take(1);
  return text;
}

std::string_view RecordReader::Take(size_t count) {
  CHECK(count <= bytes_.size());
  std::string_view taken = bytes_.substr(0, count);
  bytes_.remove_prefix(count);
  return taken;
}

}  // namespace onewindow
