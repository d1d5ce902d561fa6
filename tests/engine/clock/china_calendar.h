#pragma once

#include "engine/base/instant.h"
#include "engine/calendar/calendar_document.h"
#include "engine/calendar/working_calendar.h"
#include "onewindow/v1/calendar.pb.h"

namespace onewindow {

// The shipped calendar of China, with the years from one to another.
inline Calendar ChinaDocument(uint32_t first, uint32_t last) {
  auto loaded = ReadCalendarDirectory(ONEWINDOW_SOURCE_DIR "/deploy/calendars/china");
  CHECK(loaded.ok());
  Calendar calendar = loaded.message;
  calendar.set_version(1);
  calendar.clear_years();
  for (const CalendarYear& year : loaded.message.years()) {
    if (year.year() >= first && year.year() <= last) *calendar.add_years() = year;
  }
  return calendar;
}

inline WorkingCalendar China(uint32_t first = 2015, uint32_t last = 2026) {
  return WorkingCalendar::Make(ChinaDocument(first, last)).value();
}

// "2025-09-26 09:00" in Beijing.
inline Instant At(std::string_view text) { return ParseInstant(text, kBeijing).value(); }

inline Limit LimitOf(uint32_t amount, LimitUnit unit) {
  Limit limit;
  limit.set_amount(amount);
  limit.set_unit(unit);
  return limit;
}

}  // namespace onewindow
