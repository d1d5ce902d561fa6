#include "engine/calendar/check_calendar.h"

#include <algorithm>

#include "engine/base/instant.h"

namespace onewindow {
namespace {

constexpr uint32_t kYearMin = 1900;
constexpr uint32_t kYearMax = 2999;
constexpr int kUtcOffsetMinutesMax = 840;
constexpr uint32_t kMinutesOfDay = 1440;

std::string Element(const std::string& list, int index) {
  return list + "[" + std::to_string(index) + "]";
}

bool IsName(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// Days of December may be governed by the plan of the next year (2018-12-29 is in the one of 2019).
bool MayGovern(uint32_t year, Date date) {
  auto own = static_cast<int>(year);
  return date >= MakeDate(own - 1, 12, 1) && date <= MakeDate(own, 12, 31);
}

std::string DayFault(uint32_t year, const CalendarDay& day, const CalendarDay* before) {
  auto date = ParseDate(day.date());
  if (!date) return "expected a date that exists, as YYYY-MM-DD, but found `" + day.date() + "`";
  if (!MayGovern(year, *date)) {
    return "expected a day of " + std::to_string(year) + " or of the December before, but found " +
           day.date();
  }
  if (before == nullptr || before->date() < day.date()) return "";
  if (before->date() == day.date())
    return "expected each day once, but found " + day.date() + " again";
  return "expected days in ascending order, but found " + day.date() + " after " + before->date();
}

void CheckServiceHours(const Calendar& calendar, Findings& findings) {
  if (calendar.service_hours().empty()) {
    findings.push_back({"service_hours", "expected at least one span of service hours"});
  }
  uint32_t free_from = 0;
  for (int i = 0; i < calendar.service_hours_size(); ++i) {
    const ServiceHours& hours = calendar.service_hours(i);
    std::string path = Element("service_hours", i);
    if (hours.from_minute() >= hours.to_minute() || hours.to_minute() > kMinutesOfDay) {
      findings.push_back({path, "expected hours that end after they begin and by 24:00"});
    } else if (hours.from_minute() < free_from) {
      findings.push_back({path, "expected hours in ascending order that do not overlap"});
    }
    free_from = std::max(free_from, hours.to_minute());
  }
}

void CheckYears(const Calendar& calendar, Findings& findings) {
  if (calendar.years().empty()) findings.push_back({"years", "expected at least one year"});
  for (int i = 0; i < calendar.years_size(); ++i) {
    std::string path = Element("years", i);
    if (i > 0 && calendar.years(i).year() != calendar.years(i - 1).year() + 1) {
      findings.push_back({path + ".year", "expected year " +
                                              std::to_string(calendar.years(i - 1).year() + 1) +
                                              " after the one before, but found " +
                                              std::to_string(calendar.years(i).year())});
    }
    for (Finding& finding : CheckCalendarYear(calendar.years(i))) {
      findings.push_back({path + "." + finding.path, std::move(finding.message)});
    }
  }
}

}  // namespace

Findings CheckCalendarYear(const CalendarYear& year) {
  if (year.year() < kYearMin || year.year() > kYearMax) {
    return {
        {"year", "expected a year from 1900 to 2999, but found " + std::to_string(year.year())}};
  }
  Findings findings;
  for (int i = 0; i < year.days_size(); ++i) {
    const CalendarDay& day = year.days(i);
    std::string path = Element("days", i);
    auto fault = DayFault(year.year(), day, i > 0 ? &year.days(i - 1) : nullptr);
    if (!fault.empty()) findings.push_back({path + ".date", fault});
    if (day.kind() != CalendarDay::HOLIDAY && day.kind() != CalendarDay::WORKDAY) {
      findings.push_back({path + ".kind", "expected `holiday` or `workday`"});
    }
    if (day.kind() == CalendarDay::HOLIDAY && day.name().empty()) {
      findings.push_back({path + ".name", "expected the name of the festival"});
    }
  }
  return findings;
}

Findings CheckCalendar(const Calendar& calendar) {
  Findings findings;
  if (!IsName(calendar.id())) {
    findings.push_back(
        {"id", "expected a name of lower-case letters, digits and hyphens, but found `" +
                   calendar.id() + "`"});
  }
  if (std::abs(calendar.utc_offset_minutes()) > kUtcOffsetMinutesMax) {
    findings.push_back({"utc_offset_minutes", "expected -840 to 840 minutes, but found " +
                                                  std::to_string(calendar.utc_offset_minutes())});
  }
  CheckYears(calendar, findings);
  CheckServiceHours(calendar, findings);
  return findings;
}

}  // namespace onewindow
