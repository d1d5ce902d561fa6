#include "engine/casework/identity_number.h"

#include <algorithm>
#include <array>
#include <string>

namespace onewindow {
namespace {

constexpr size_t kDigits = 17;
constexpr std::array<int, kDigits> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kCheckCharacters = "10X98765432";
constexpr size_t kBirthBegins = 6;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// People write a small x, too.
char CheckCharacterIn(std::string_view number) {
  return number.back() == 'x' ? 'X' : number.back();
}

bool HasForm(std::string_view number) {
  if (number.size() != kDigits + 1) return false;
  if (!std::all_of(number.begin(), number.end() - 1, IsDigit)) return false;
  return IsDigit(number.back()) || CheckCharacterIn(number) == 'X';
}

// Requires: HasForm(number).
bool HasPlausibleBirth(std::string_view number, Date today) {
  const std::string digits(number.substr(kBirthBegins, 8));
  const auto birth =
      ParseDate(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2));
  return birth && *birth >= MakeDate(1900, 1, 1) && *birth <= today;
}

// Requires: HasForm(number).
char CheckCharacterOf(std::string_view number) {
  int sum = 0;
  for (size_t i = 0; i < kDigits; ++i) sum += kWeights[i] * (number[i] - '0');
  return kCheckCharacters[static_cast<size_t>(sum % 11)];
}

}  // namespace

IdentityNumberFlaw FlawOfIdentityNumber(std::string_view number, Date today) {
  if (!HasForm(number)) return IdentityNumberFlaw::kForm;
  if (!HasPlausibleBirth(number, today)) return IdentityNumberFlaw::kBirth;
  if (CheckCharacterOf(number) != CheckCharacterIn(number)) return IdentityNumberFlaw::kCheck;
  return IdentityNumberFlaw::kNone;
}

bool IsDoubtful(const Applicant& applicant, Date today) {
  if (applicant.document_type() != Applicant::IDENTITY_NUMBER) return false;
  return FlawOfIdentityNumber(applicant.document_number().text(), today) !=
         IdentityNumberFlaw::kNone;
}

}  // namespace onewindow
