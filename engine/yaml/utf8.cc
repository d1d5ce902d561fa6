#include "engine/yaml/utf8.h"

#include <algorithm>

namespace onewindow {
namespace {

constexpr int kShortenedCharacters = 60;

bool Continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The length of the well-formed character at the front of `text`, 0 if there is none. Overlong
// forms, surrogates and values past U+10FFFF are not well-formed (RFC 3629).
size_t CharacterLength(std::string_view text) {
  auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return 1;
  size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if (!Continues(text[i])) return 0;
  }
  auto second = static_cast<unsigned char>(text[1]);
  if (first == 0xE0 && second < 0xA0) return 0;
  if (first == 0xED && second > 0x9F) return 0;
  if (first == 0xF0 && second < 0x90) return 0;
  if (first == 0xF4 && second > 0x8F) return 0;
  return length;
}

}  // namespace

std::optional<size_t> FindInvalidUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    size_t length = CharacterLength(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

int CountCharacters(std::string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !Continues(byte); }));
}

std::string Shortened(std::string_view text) {
  std::string line;
  int characters = 0;
  for (char byte : text) {
    if (!Continues(byte) && ++characters > kShortenedCharacters) return line + "...";
    line += static_cast<unsigned char>(byte) < 0x20 ? ' ' : byte;
  }
  return line;
}

}  // namespace onewindow
