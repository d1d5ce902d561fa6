#include "services/onewindow/display_width.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace onewindow {
namespace {

struct Span {
  char32_t first;
  char32_t last;
};

// In ascending order.
constexpr std::array kWide{
    Span{0x1100, 0x115F},   Span{0x231A, 0x231B},   Span{0x23E9, 0x23EC},   Span{0x2614, 0x2615},
    Span{0x2705, 0x2705},   Span{0x274C, 0x274C},   Span{0x2E80, 0x303E},   Span{0x3041, 0x33FF},
    Span{0x3400, 0x4DBF},   Span{0x4E00, 0xA4CF},   Span{0xA960, 0xA97F},   Span{0xAC00, 0xD7A3},
    Span{0xF900, 0xFAFF},   Span{0xFE10, 0xFE19},   Span{0xFE30, 0xFE6F},   Span{0xFF00, 0xFF60},
    Span{0xFFE0, 0xFFE6},   Span{0x1F300, 0x1F64F}, Span{0x1F680, 0x1F6FF}, Span{0x1F900, 0x1F9FF},
    Span{0x20000, 0x3FFFD},
};
constexpr std::array kCombining{
    Span{0x0300, 0x036F}, Span{0x200B, 0x200F}, Span{0x20D0, 0x20FF},
    Span{0xFE00, 0xFE0F}, Span{0xFEFF, 0xFEFF},
};

bool IsIn(const auto& spans, char32_t character) {
  auto after = std::upper_bound(spans.begin(), spans.end(), character,
                                [](char32_t c, const Span& span) { return c < span.first; });
  return after != spans.begin() && character <= std::prev(after)->last;
}

size_t LengthOf(unsigned char lead) {
  if (lead < 0x80) return 1;
  return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    size_t length = std::min(LengthOf(lead), text.size() - i);
    char32_t character = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (size_t k = 1; k < length; ++k) {
      character = character << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
    }
    if (!IsIn(kCombining, character)) width += IsIn(kWide, character) ? 2 : 1;
    i += length;
  }
  return width;
}

std::string PadTo(std::string text, size_t width) {
  size_t taken = DisplayWidth(text);
  if (taken < width) text.append(width - taken, ' ');
  return text;
}

std::string OneLine(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = '?';
  }
  return line;
}

}  // namespace onewindow
