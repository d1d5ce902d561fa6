#include "adapters/item_catalogues/item_code.h"

#include <algorithm>
#include <cstddef>

namespace onewindow {
namespace {

bool IsDigits(std::string_view text, size_t count) {
  return text.size() == count &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Takes the part behind the last '-' off the text; all of it where there is none.
std::string_view TakeLast(std::string_view& text) {
  size_t dash = text.rfind('-');
  std::string_view last = dash == std::string_view::npos ? text : text.substr(dash + 1);
  text = dash == std::string_view::npos ? std::string_view() : text.substr(0, dash);
  return last;
}

}  // namespace

// The organ may contain '-', as old organisation codes do, and so may the basic code; between them
// stand 12 digits and 3, which neither has.
std::optional<ItemCode> ReadItemCode(std::string_view text) {
  if (!IsDigits(TakeLast(text), 2) || !IsDigits(TakeLast(text), 1)) return std::nullopt;
  for (size_t dash = text.find('-'); dash != std::string_view::npos;
       dash = text.find('-', dash + 1)) {
    std::string_view rest = text.substr(dash + 1);
    // AREA-NNN-ORGAN
    constexpr size_t kOrgan = 12 + 1 + 3 + 1;
    if (rest.size() <= kOrgan || !IsDigits(rest.substr(0, 12), 12) || rest[12] != '-' ||
        !IsDigits(rest.substr(13, 3), 3) || rest[16] != '-') {
      continue;
    }
    if (dash == 0) return std::nullopt;
    return ItemCode{
        .basic = text.substr(0, dash), .area = rest.substr(0, 12), .organ = rest.substr(kOrgan)};
  }
  return std::nullopt;
}

}  // namespace onewindow
