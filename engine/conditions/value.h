#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

// A number as forms and conditions write it, exact: 12 digits before the point, 6 behind it.
struct Decimal {
  int64_t millionths = 0;

  bool IsWhole() const { return millionths % 1'000'000 == 0; }
  friend auto operator<=>(const Decimal&, const Decimal&) = default;
};

// What a field holds, or a condition compares it with. Choices are texts.
using FieldValue = std::variant<Decimal, std::string, Date, bool>;

// The values of a form by the id of their field. What was not filled in is not there.
using FormValues = std::map<std::string, FieldValue, std::less<>>;

// "120", "-0.5"; kInvalid says what is expected.
Result<Decimal> ReadNumber(std::string_view text);
// "2026-01-31".
Result<Date> ReadDay(std::string_view text);
// The value of a form's field by its declared type; kInvalid says what would be right.
Result<FieldValue> ReadFieldValue(const DeclaredField& field, std::string_view text);

// The shortest text that ReadNumber reads back.
std::string FormatNumber(Decimal number);
// As people read it: 120, 住宅, 2026-01-31, 是.
std::string FormatFieldValue(const FieldValue& value);

}  // namespace onewindow
