#include "engine/conditions/value.h"

#include <algorithm>
#include <optional>

namespace onewindow {
namespace {

constexpr size_t kWholeDigitsMax = 12;
constexpr size_t kPlacesMax = 6;

bool AreDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int64_t WholeOf(std::string_view digits) {
  int64_t whole = 0;
  for (char c : digits) whole = whole * 10 + (c - '0');
  return whole;
}

Fault Expected(std::string_view what, std::string_view text) {
  return {FaultKind::kInvalid,
          "expected " + std::string(what) + ", but found `" + std::string(text) + "`"};
}

Result<FieldValue> ReadChoice(const DeclaredField& field, std::string_view text) {
  std::string choices;
  for (const std::string& choice : field.choices()) {
    if (choice == text) return FieldValue(choice);
    choices += (choices.empty() ? "`" : ", `") + choice + "`";
  }
  return Expected("one of " + choices, text);
}

template <typename Value>
Result<FieldValue> AsFieldValue(Result<Value> read) {
  if (!read.ok()) return read.fault();
  return FieldValue(read.value());
}

}  // namespace

Result<Decimal> ReadNumber(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  std::string_view digits = text.substr(is_negative ? 1 : 0);
  std::string places;
  if (const size_t point = digits.find('.'); point != std::string_view::npos) {
    places = digits.substr(point + 1);
    digits = digits.substr(0, point);
    if (!AreDigits(places)) return Expected("a number such as 120 or 0.5", text);
  }
  const bool has_leading_zero = digits.size() > 1 && digits.front() == '0';
  if (!AreDigits(digits) || has_leading_zero) return Expected("a number such as 120 or 0.5", text);
  if (digits.size() > kWholeDigitsMax || places.size() > kPlacesMax) {
    return Expected("at most 12 digits before the point and 6 behind it", text);
  }
  places.resize(kPlacesMax, '0');
  const int64_t millionths = WholeOf(digits) * 1'000'000 + WholeOf(places);
  return Decimal{.millionths = is_negative ? -millionths : millionths};
}

Result<Date> ReadDay(std::string_view text) {
  if (std::optional<Date> date = ParseDate(text)) return *date;
  return Expected("a day such as 2026-01-31", text);
}

Result<FieldValue> ReadFieldValue(const DeclaredField& field, std::string_view text) {
  switch (field.type()) {
    case DeclaredField::INTEGER: {
      Result<Decimal> number = ReadNumber(text);
      if (number.ok() && !number.value().IsWhole()) return Expected("a whole number", text);
      return AsFieldValue(std::move(number));
    }
    case DeclaredField::DECIMAL:
      return AsFieldValue(ReadNumber(text));
    case DeclaredField::DATE:
      return AsFieldValue(ReadDay(text));
    case DeclaredField::BOOL:
      if (text != "true" && text != "false") return Expected("`true` or `false`", text);
      return FieldValue(text == "true");
    case DeclaredField::CHOICE:
      return ReadChoice(field, text);
    case DeclaredField::TEXT:
    case DeclaredField::TYPE_UNSPECIFIED:
    case DeclaredField_Type_DeclaredField_Type_INT_MIN_SENTINEL_DO_NOT_USE_:
    case DeclaredField_Type_DeclaredField_Type_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return FieldValue(std::string(text));
}

std::string FormatNumber(Decimal number) {
  const int64_t size = number.millionths < 0 ? -number.millionths : number.millionths;
  std::string text = (number.millionths < 0 ? "-" : "") + std::to_string(size / 1'000'000);
  if (number.IsWhole()) return text;
  std::string places = std::to_string(size % 1'000'000);
  places.insert(0, kPlacesMax - places.size(), '0');
  places.erase(places.find_last_not_of('0') + 1);
  return text + "." + places;
}

std::string FormatFieldValue(const FieldValue& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) return FormatNumber(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* date = std::get_if<Date>(&value)) return FormatDate(*date);
  return std::get<bool>(value) ? "是" : "否";
}

}  // namespace onewindow
