#include "engine/base/instant.h"

#include <cstdio>
#include <cstdlib>

namespace onewindow {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Reads exactly `count` decimal digits off the front of `text`.
std::optional<int> TakeDigits(std::string_view& text, size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool TakeOneOf(std::string_view& text, std::string_view choices) {
  if (text.empty() || choices.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> TakeDate(std::string_view& text) {
  auto year = TakeDigits(text, 4);
  if (!year || !TakeOneOf(text, "-")) return std::nullopt;
  auto month = TakeDigits(text, 2);
  if (!month || !TakeOneOf(text, "-")) return std::nullopt;
  auto day = TakeDigits(text, 2);
  if (!day) return std::nullopt;
  std::chrono::year_month_day date(std::chrono::year{*year},
                                   std::chrono::month{static_cast<unsigned>(*month)},
                                   std::chrono::day{static_cast<unsigned>(*day)});
  if (!date.ok() || *year == 0) return std::nullopt;
  return Date(date);
}

// "." and one to nine digits; digits past the sixth are cut off.
std::optional<Duration> TakeFraction(std::string_view& text) {
  if (!TakeOneOf(text, ".,")) return Duration(0);
  int64_t micros = 0;
  size_t digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (digits < 6) micros = micros * 10 + (text.front() - '0');
    ++digits;
    text.remove_prefix(1);
  }
  if (digits == 0 || digits > 9) return std::nullopt;
  for (; digits < 6; ++digits) micros *= 10;
  return Duration(micros);
}

std::optional<Duration> TakeTimeOfDay(std::string_view& text) {
  auto hour = TakeDigits(text, 2);
  if (!hour || *hour > 23 || !TakeOneOf(text, ":")) return std::nullopt;
  auto minute = TakeDigits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  Duration time = hours(*hour) + minutes(*minute);
  if (!TakeOneOf(text, ":")) return time;
  auto second = TakeDigits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  auto fraction = TakeFraction(text);
  if (!fraction) return std::nullopt;
  return time + seconds(*second) + *fraction;
}

std::optional<UtcOffset> TakeOffset(std::string_view& text, std::optional<UtcOffset> zone) {
  if (text.empty()) return zone;
  if (TakeOneOf(text, "Zz")) return UtcOffset{minutes(0)};
  bool behind = text.front() == '-';
  if (!TakeOneOf(text, "+-")) return std::nullopt;
  auto hour = TakeDigits(text, 2);
  TakeOneOf(text, ":");
  auto minute = TakeDigits(text, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  minutes ahead = hours(*hour) + minutes(*minute);
  return UtcOffset{behind ? -ahead : ahead};
}

}  // namespace

std::string FormatDate(Date date) {
  std::chrono::year_month_day ymd(date);
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return text;
}

std::optional<Date> ParseDate(std::string_view text) {
  auto date = TakeDate(text);
  if (!text.empty()) return std::nullopt;
  return date;
}

std::string FormatMinute(Instant instant, UtcOffset zone) {
  Date date = DateOf(instant, zone);
  auto minute = std::chrono::duration_cast<minutes>(instant - StartOf(date, zone)).count();
  char text[16];
  std::snprintf(text, sizeof text, " %02d:%02d", static_cast<int>(minute / 60),
                static_cast<int>(minute % 60));
  return FormatDate(date) + text;
}

std::optional<Instant> ParseInstant(std::string_view text, std::optional<UtcOffset> zone) {
  auto date = TakeDate(text);
  if (!date || !TakeOneOf(text, "Tt ")) return std::nullopt;
  auto time = TakeTimeOfDay(text);
  if (!time) return std::nullopt;
  auto offset = TakeOffset(text, zone);
  if (!offset || !text.empty()) return std::nullopt;
  return StartOf(*date, *offset) + *time;
}

std::string FormatInstant(Instant instant, UtcOffset zone) {
  Date date = DateOf(instant, zone);
  Duration time = instant - StartOf(date, zone);
  auto micros = time.count();
  char text[48];
  int length = std::snprintf(text, sizeof text, "T%02d:%02d:%02d",
                             static_cast<int>(micros / 3'600'000'000),
                             static_cast<int>(micros / 60'000'000 % 60),
                             static_cast<int>(micros / 1'000'000 % 60));
  if (micros % 1'000'000 != 0) {
    std::snprintf(text + length, sizeof text - static_cast<size_t>(length), ".%06d",
                  static_cast<int>(micros % 1'000'000));
  }
  std::string result = FormatDate(date) + text;
  auto ahead = zone.ahead.count();
  if (ahead == 0) return result + "Z";
  std::snprintf(text, sizeof text, "%c%02d:%02d", ahead < 0 ? '-' : '+',
                static_cast<int>(std::abs(ahead) / 60), static_cast<int>(std::abs(ahead) % 60));
  return result + text;
}

}  // namespace onewindow
