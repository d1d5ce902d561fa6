#include "engine/runtime/cursor.h"

#include "engine/runtime/recent_requests.h"
#include "engine/tables/bytes.h"

namespace onewindow {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

std::string ToHex(std::string_view bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char byte : bytes) {
    text.push_back(kDigits[static_cast<uint8_t>(byte) >> 4]);
    text.push_back(kDigits[static_cast<uint8_t>(byte) & 15]);
  }
  return text;
}

std::optional<std::string> FromHex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (size_t i = 0; i < text.size(); i += 2) {
    const size_t high = kDigits.find(text[i]);
    const size_t low = kDigits.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    bytes.push_back(static_cast<char>(high << 4 | low));
  }
  return bytes;
}

std::string Binding(std::string_view list) {
  return ByteWriter().U64(RecentRequests::HashOf("cursor", list)).Take();
}

}  // namespace

std::string MakeCursor(std::string_view list, std::string_view place) {
  return ToHex(Binding(list) + std::string(place));
}

Result<std::optional<std::string>> PlaceOfCursor(std::string_view list, std::string_view cursor) {
  if (cursor.empty()) return std::optional<std::string>();
  const std::string binding = Binding(list);
  std::optional<std::string> bytes = FromHex(cursor);
  if (!bytes || !bytes->starts_with(binding)) {
    return Fault{FaultKind::kInvalid, "the cursor does not belong to this list"};
  }
  return std::optional(bytes->substr(binding.size()));
}

}  // namespace onewindow
