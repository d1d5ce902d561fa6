#include "engine/catalog/limit_text.h"

#include <array>
#include <charconv>
#include <cstdint>

#include "engine/yaml/scalar.h"

namespace onewindow {
namespace {

constexpr std::array kUnits = {WORKING_DAYS, CALENDAR_DAYS, SERVICE_HOURS};

std::string UnitWord(LimitUnit unit) {
  return EnumWord(*LimitUnit_descriptor()->FindValueByNumber(unit));
}

Fault NoLimit(std::string_view text) {
  return {FaultKind::kInvalid,
          "expected a limit such as `20 working_days`, `7 calendar_days` or "
          "`8 service_hours`, but found `" +
              std::string(text) + "`"};
}

}  // namespace

Result<Limit> ReadLimit(std::string_view text) {
  uint32_t amount = 0;
  const char* end = text.data() + text.size();
  auto [stop, error] = std::from_chars(text.data(), end, amount);
  if (error != std::errc() || stop == end || *stop != ' ') return NoLimit(text);
  std::string_view word(stop + 1, end);
  for (LimitUnit unit : kUnits) {
    if (word != UnitWord(unit)) continue;
    Limit limit;
    limit.set_amount(amount);
    limit.set_unit(unit);
    return limit;
  }
  return NoLimit(text);
}

std::string FormatLimit(const Limit& limit) {
  return std::to_string(limit.amount()) + " " + UnitWord(limit.unit());
}

}  // namespace onewindow
