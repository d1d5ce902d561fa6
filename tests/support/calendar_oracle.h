#pragma once

#include <cstdio>
#include <string>

#include "onewindow/v1/calendar.pb.h"

namespace onewindow {

// A second opinion on working time, written unlike engine/calendar: no tables and no std::chrono,
// only the published document, walked day by day and minute by minute.
class CalendarOracle {
 public:
  // A civil day.
  struct Day {
    int year = 0;
    int month = 0;
    int day = 0;
    friend bool operator==(const Day&, const Day&) = default;
  };

  explicit CalendarOracle(v1::Calendar calendar) : calendar_(std::move(calendar)) {}

  static std::string Text(const Day& day) {
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", day.year, day.month, day.day);
    return text;
  }

  static Day Next(Day day) {
    if (++day.day <= DaysOfMonth(day.year, day.month)) return day;
    day.day = 1;
    if (++day.month <= 12) return day;
    return {day.year + 1, 1, 1};
  }

  bool IsWorking(const Day& day) const {
    std::string text = Text(day);
    for (int y = calendar_.years_size() - 1; y >= 0; --y) {
      for (const auto& listed : calendar_.years(y).days()) {
        if (listed.date() == text) return listed.kind() == v1::CalendarDay::WORKDAY;
      }
    }
    int weekday = Weekday(day);
    return weekday != 0 && weekday != 6;
  }

  Day AddWorking(Day day, int count) const {
    while (count > 0) {
      day = Next(day);
      if (IsWorking(day)) --count;
    }
    return day;
  }

  Day AddCalendar(Day day, int count) const {
    for (; count > 0; --count) day = Next(day);
    return day;
  }

  Day FirstWorkingFrom(Day day) const {
    while (!IsWorking(day)) day = Next(day);
    return day;
  }

  int WorkingBetween(Day after, const Day& through) const {
    int count = 0;
    while (!(after == through)) {
      after = Next(after);
      if (IsWorking(after)) ++count;
    }
    return count;
  }

  // Whether the minute that begins then is service time.
  bool IsService(const Day& day, int minute) const {
    if (!IsWorking(day)) return false;
    for (const auto& hours : calendar_.service_hours()) {
      if (minute >= static_cast<int>(hours.from_minute()) &&
          minute < static_cast<int>(hours.to_minute())) {
        return true;
      }
    }
    return false;
  }

 private:
  static int DaysOfMonth(int year, int month) {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  // 0 Sunday .. 6 Saturday, by Sakamoto's method.
  static int Weekday(Day day) {
    constexpr int kShift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    if (day.month < 3) --day.year;
    return (day.year + day.year / 4 - day.year / 100 + day.year / 400 + kShift[day.month - 1] +
            day.day) %
           7;
  }

  v1::Calendar calendar_;
};

}  // namespace onewindow
