#include "engine/calendar/working_calendar.h"

#include <algorithm>

#include "engine/calendar/check_calendar.h"
#include "engine/yaml/problem.h"

namespace onewindow {
namespace {

using std::chrono::days;
using std::chrono::minutes;

// A Monday no later than any day of a calendar (years begin at 1900).
constexpr Date kFirstMonday = MakeDate(1900, 1, 1);
static_assert(IsoWeekday(kFirstMonday) == 1);

bool IsWeekday(Date date) { return IsoWeekday(date) <= 5; }

// Mondays to Fridays from kFirstMonday on, through the date.
int64_t WeekdaysThrough(Date date) {
  int64_t day = (date - kFirstMonday).count();
  return day / 7 * 5 + std::min<int64_t>(day % 7 + 1, 5);
}

// The day that WeekdaysThrough gives `ordinal` for, and which is a weekday itself.
Date WeekdayNumber(int64_t ordinal) {
  int64_t before = ordinal - 1;
  return kFirstMonday + days(before / 5 * 7 + before % 5);
}

}  // namespace

Result<WorkingCalendar> WorkingCalendar::Make(const Calendar& calendar) {
  if (auto findings = CheckCalendar(calendar); !findings.empty()) return AsFault(findings);
  WorkingCalendar made;
  made.id_ = calendar.id();
  made.version_ = calendar.version();
  made.zone_ = UtcOffset{minutes(calendar.utc_offset_minutes())};
  made.first_day_ = MakeDate(static_cast<int>(calendar.years(0).year()), 1, 1);
  made.last_day_ =
      MakeDate(static_cast<int>(calendar.years(calendar.years_size() - 1).year()), 12, 31);
  for (Date date = made.first_day_; date <= made.last_day_; date += days(1)) {
    made.kinds_.push_back(IsWeekday(date) ? DayKind::kWorkday : DayKind::kWeekend);
  }
  // In ascending order, so that the later year's plan has the last word on a day of December.
  for (const CalendarYear& year : calendar.years()) {
    for (const CalendarDay& day : year.days()) made.Declare(day);
  }
  made.CountDays();
  for (const ServiceHours& hours : calendar.service_hours()) {
    made.service_.push_back({minutes(hours.from_minute()), minutes(hours.to_minute())});
    made.service_per_day_ += made.service_.back().to - made.service_.back().from;
  }
  return made;
}

void WorkingCalendar::Declare(const CalendarDay& day) {
  Date date = *ParseDate(day.date());
  if (date < first_day_) return;  // December of a year of which nothing else is known.
  auto index = static_cast<size_t>((date - first_day_).count());
  kinds_[index] = day.kind() == CalendarDay::HOLIDAY ? DayKind::kHoliday : DayKind::kMakeUp;
  festivals_[date] = day.name();
}

void WorkingCalendar::CountDays() {
  for (Date date = first_day_; date <= last_day_; date += days(1)) {
    if (IsWorkingDay(date)) working_days_.push_back(date);
    working_through_.push_back(static_cast<int32_t>(working_days_.size()));
  }
}

Status WorkingCalendar::Covers(Date date) const {
  if (date >= first_day_) return {};
  return Fault{FaultKind::kInvalid, "Expected a date from " + FormatDate(first_day_) +
                                        " on, the first day of calendar " + id_ + ", but got " +
                                        FormatDate(date)};
}

void WorkingCalendar::RequireCovered(Date date) const {
  CHECK(date >= first_day_) << Covers(date).fault().message;
}

bool WorkingCalendar::IsPublished(Date date) const {
  return date >= first_day_ && date <= last_day_;
}

DayKind WorkingCalendar::Kind(Date date) const {
  RequireCovered(date);
  if (date <= last_day_) return kinds_[static_cast<size_t>((date - first_day_).count())];
  return IsWeekday(date) ? DayKind::kWorkday : DayKind::kWeekend;
}

bool WorkingCalendar::IsWorkingDay(Date date) const {
  DayKind kind = Kind(date);
  return kind == DayKind::kWorkday || kind == DayKind::kMakeUp;
}

Date WorkingCalendar::NextWorkingDay(Date date) const {
  return IsWorkingDay(date) ? date : AddWorkingDays(date, 1);
}

int64_t WorkingCalendar::WorkingDaysThrough(Date date) const {
  if (date < first_day_) return 0;
  if (date <= last_day_) return working_through_[static_cast<size_t>((date - first_day_).count())];
  return working_through_.back() + WeekdaysThrough(date) - WeekdaysThrough(last_day_);
}

Date WorkingCalendar::WorkingDayNumber(int64_t ordinal) const {
  auto published = static_cast<int64_t>(working_days_.size());
  if (ordinal <= published) return working_days_[static_cast<size_t>(ordinal - 1)];
  return WeekdayNumber(WeekdaysThrough(last_day_) + ordinal - published);
}

int64_t WorkingCalendar::WorkingDaysBetween(Date after, Date through) const {
  RequireCovered(after + days(1));
  if (through <= after) return 0;
  return WorkingDaysThrough(through) - WorkingDaysThrough(after);
}

Date WorkingCalendar::AddWorkingDays(Date start, int n) const {
  RequireCovered(start);
  CHECK(n >= 0 && n <= kDaysAddedMax) << n;
  return n == 0 ? start : WorkingDayNumber(WorkingDaysThrough(start) + n);
}

Date WorkingCalendar::AddCalendarDays(Date start, int n, LastDayOfRest last) const {
  RequireCovered(start);
  CHECK(n >= 0 && n <= kDaysAddedMax) << n;
  Date end = start + days(n);
  return last == LastDayOfRest::kRollsForward ? NextWorkingDay(end) : end;
}

Duration WorkingCalendar::ServiceTimeBefore(Instant instant) const {
  Date date = DateOf(instant, zone_);
  int64_t full_days = WorkingDaysThrough(date - days(1));
  Duration total = service_per_day_ * full_days;
  if (!IsWorkingDay(date)) return total;
  Duration time_of_day = instant - StartOf(date, zone_);
  for (const Span& span : service_) {
    total += std::clamp(time_of_day, span.from, span.to) - span.from;
  }
  return total;
}

Duration WorkingCalendar::ServiceTimeBetween(Instant from, Instant to) const {
  RequireCovered(DateOf(from, zone_));
  return to <= from ? Duration(0) : ServiceTimeBefore(to) - ServiceTimeBefore(from);
}

Instant WorkingCalendar::AddServiceTime(Instant start, Duration amount) const {
  RequireCovered(DateOf(start, zone_));
  CHECK(amount >= Duration(0) && amount <= service_per_day_ * kDaysAddedMax) << amount.count();
  if (amount == Duration(0)) return start;
  Duration target = ServiceTimeBefore(start) + amount;
  // The last service day is entered but may be used up: it ends at the close, not the next morning.
  int64_t full_days = (target - Duration(1)) / service_per_day_;
  Duration rest = target - service_per_day_ * full_days;
  Instant midnight = StartOf(WorkingDayNumber(full_days + 1), zone_);
  auto span = service_.begin();
  for (; rest > span->to - span->from; ++span) rest -= span->to - span->from;
  return midnight + span->from + rest;
}

Instant WorkingCalendar::CloseOfService(Date date) const {
  return StartOf(date, zone_) + service_.back().to;
}

std::vector<ExplainedDay> WorkingCalendar::Explain(Date after, Date through) const {
  RequireCovered(after + days(1));
  std::vector<ExplainedDay> explained;
  for (Date date = after + days(1); date <= through; date += days(1)) {
    ExplainedDay day{.date = date, .kind = Kind(date), .festival = "", .standing = {}};
    if (auto named = festivals_.find(date); named != festivals_.end()) day.festival = named->second;
    if (!IsPublished(date)) day.standing = ExplainedDay::Standing::kProvisional;
    explained.push_back(std::move(day));
  }
  return explained;
}

}  // namespace onewindow
