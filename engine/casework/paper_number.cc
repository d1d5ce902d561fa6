#include "engine/casework/paper_number.h"

#include <algorithm>

namespace onewindow {
namespace {

constexpr std::string_view kDesk = "desk:";

}  // namespace

std::string DeskSystem(std::string_view position) {
  return std::string(kDesk) + std::string(position);
}

bool IsOfPaper(const ExternalNumber& number) { return number.system().starts_with(kDesk); }

const ExternalNumber* PaperNumberIn(const ExternalNumbers& numbers) {
  const auto found = std::find_if(numbers.begin(), numbers.end(), IsOfPaper);
  return found == numbers.end() ? nullptr : &*found;
}

}  // namespace onewindow
