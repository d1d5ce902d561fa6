#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "onewindow/v1/calendar.pb.h"

namespace onewindow {

// Why a day counts as working or not.
enum class DayKind {
  kWorkday,  // Monday to Friday, nothing said.
  kMakeUp,   // Declared a workday by the plan (调休上班).
  kWeekend,  // Saturday or Sunday, nothing said.
  kHoliday,  // Declared off by the plan (法定节假日).
};

struct ExplainedDay {
  enum class Standing { kPublished, kProvisional };

  Date date;
  DayKind kind = DayKind::kWorkday;
  // The festival that the plan names for a holiday or make-up workday, e.g. "春节"; else empty.
  std::string festival;
  Standing standing = Standing::kPublished;

  bool counted() const { return kind == DayKind::kWorkday || kind == DayKind::kMakeUp; }
  friend bool operator==(const ExplainedDay&, const ExplainedDay&) = default;
};

// What becomes of a calendar-day limit whose last day is a day of rest.
enum class LastDayOfRest {
  kRollsForward,  // It ends on the next working day (民法典 203).
  kStands,        // Public notices: a minimum that ends no earlier and does not roll.
};

// Which days and hours are working time, as one version of a calendar says. Days after the last
// published year are provisional: weekdays count as working. Days before the first are unknown, and
// every function below requires that Covers() its first argument. Immutable; any thread may read.
// Counting and adding take constant time.
class WorkingCalendar {
 public:
  // Days and service time that may be added at once: some 2700 years.
  static constexpr int kDaysAddedMax = 1'000'000;

  // kInvalid names every finding of CheckCalendar.
  static Result<WorkingCalendar> Make(const Calendar& calendar);

  const std::string& id() const { return id_; }
  uint32_t version() const { return version_; }
  UtcOffset zone() const { return zone_; }
  Date first_day() const { return first_day_; }
  Date last_published_day() const { return last_day_; }

  // kInvalid, naming the first day, for a date before it.
  Status Covers(Date date) const;
  Status Covers(Instant instant) const { return Covers(DateOf(instant, zone_)); }
  // False: the date lies after the last published year, so what is said of it is provisional.
  bool IsPublished(Date date) const;

  DayKind Kind(Date date) const;
  bool IsWorkingDay(Date date) const;
  // The first working day on or after the date.
  Date NextWorkingDay(Date date) const;

  // Working days d with after < d <= through; 0 if there are none. Here `after` may be the eve of
  // the first day.
  int64_t WorkingDaysBetween(Date after, Date through) const;
  // The n-th working day after `start`; `start` itself, of whatever kind, for 0.
  // Requires: 0 <= n <= kDaysAddedMax, here and below.
  Date AddWorkingDays(Date start, int n) const;
  // The n-th day after `start`.
  Date AddCalendarDays(Date start, int n, LastDayOfRest last) const;

  // Service time that lies between the instants; zero if `to` is not later.
  Duration ServiceTimeBetween(Instant from, Instant to) const;
  // The earliest instant by which `amount` of service time has passed since `start`.
  // Requires: amount is not negative and at most kDaysAddedMax days of service.
  Instant AddServiceTime(Instant start, Duration amount) const;
  // When the last service hours of the day end, as on any working day.
  Instant CloseOfService(Date date) const;

  // Every day d with after < d <= through, and why it counts or not.
  std::vector<onewindow::ExplainedDay> Explain(Date after, Date through) const;

 private:
  struct Span {
    Duration from;  // Since midnight.
    Duration to;
  };

  WorkingCalendar() = default;
  void Declare(const CalendarDay& day);
  void CountDays();
  void RequireCovered(Date date) const;

  // Working days from the first day on, through the date.
  int64_t WorkingDaysThrough(Date date) const;
  // The working day that WorkingDaysThrough gives `ordinal` for. Requires: ordinal >= 1.
  Date WorkingDayNumber(int64_t ordinal) const;
  Duration ServiceTimeBefore(Instant instant) const;

  std::string id_;
  uint32_t version_ = 0;
  UtcOffset zone_;
  Date first_day_;
  Date last_day_;
  std::vector<DayKind> kinds_;            // Of each published day.
  std::vector<int32_t> working_through_;  // Of each published day: working days up to and with it.
  std::vector<Date> working_days_;        // The published ones in order.
  std::map<Date, std::string> festivals_;
  std::vector<Span> service_;
  Duration service_per_day_{0};
};

}  // namespace onewindow
