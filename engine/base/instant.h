#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onewindow {

// An instant of UTC in microseconds, the resolution of the whole engine. Finer input is cut off.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

// A day of the civil calendar, without a zone.
using Date = std::chrono::local_days;

// A zone with one offset for ever, as the People's Republic of China has it.
struct UtcOffset {
  std::chrono::minutes ahead{480};
  friend bool operator==(const UtcOffset&, const UtcOffset&) = default;
};
inline constexpr UtcOffset kBeijing{};

// The earliest and latest instants that are stored: 0001-01-01 and the end of 9999 in UTC, the
// range of google.protobuf.Timestamp.
inline constexpr Instant kInstantMin = std::chrono::sys_days(std::chrono::year{1} / 1 / 1);
inline constexpr Instant kInstantMax =
    Instant(std::chrono::sys_days(std::chrono::year{10000} / 1 / 1)) - Duration(1);

constexpr Date DateOf(Instant instant, UtcOffset zone) {
  return Date(std::chrono::floor<std::chrono::days>((instant + zone.ahead).time_since_epoch()));
}

// The first instant of the day.
constexpr Instant StartOf(Date date, UtcOffset zone) {
  return Instant(date.time_since_epoch()) - zone.ahead;
}

// The last instant of the day: a limit that ends "at 24:00" is overdue from the instant after it.
constexpr Instant EndOf(Date date, UtcOffset zone) {
  return StartOf(date + std::chrono::days(1), zone) - Duration(1);
}

constexpr Date MakeDate(int year, unsigned month, unsigned day) {
  return Date(std::chrono::local_days(std::chrono::year{year} / std::chrono::month{month} /
                                      std::chrono::day{day}));
}
constexpr int YearOf(Date date) {
  return static_cast<int>(std::chrono::year_month_day(date).year());
}
// 1 Monday .. 7 Sunday (ISO 8601).
constexpr unsigned IsoWeekday(Date date) { return std::chrono::weekday(date).iso_encoding(); }

// "2025-10-10", and back; anything else, days that do not exist included, is nothing.
std::string FormatDate(Date date);
std::optional<Date> ParseDate(std::string_view text);

// "2025-10-10 09:30" in the zone: what people read.
std::string FormatMinute(Instant instant, UtcOffset zone);

// RFC 3339, "2025-10-10T09:30:00+08:00" or "Z"; also with a space for the "T", seconds optional and
// up to nine digits of fraction. Text without an offset is read in `zone` where one is given, else
// it is nothing.
std::optional<Instant> ParseInstant(std::string_view text, std::optional<UtcOffset> zone = {});
// RFC 3339 with the zone's offset, fraction only where it is not zero.
std::string FormatInstant(Instant instant, UtcOffset zone);

}  // namespace onewindow
