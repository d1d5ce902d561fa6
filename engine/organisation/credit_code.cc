#include "engine/organisation/credit_code.h"

#include <array>
#include <cstddef>

namespace onewindow {

bool IsCreditCode(std::string_view code) {
  constexpr std::string_view kCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  constexpr std::array<size_t, 17> kWeights = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                               29, 25, 13, 8,  24, 10, 30, 28};
  if (code.size() != kWeights.size() + 1) return false;
  size_t sum = 0;
  for (size_t i = 0; i < code.size(); ++i) {
    size_t value = kCharacters.find(code[i]);
    if (value == std::string_view::npos) return false;
    // The check character makes the weighted sum a multiple of 31.
    sum += value * (i < kWeights.size() ? kWeights[i] : 1);
  }
  return sum % kCharacters.size() == 0;
}

}  // namespace onewindow
