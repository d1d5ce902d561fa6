#pragma once

#include <vector>

#include "engine/base/ids.h"
#include "onewindow/v1/clock.pb.h"
#include "tests/support/calendar_oracle.h"

namespace onewindow {

// A second opinion on clocks: no ledger and no arithmetic, only a walk through the days (through
// the minutes for SERVICE_HOURS) that asks each whether the clock runs and the day counts.
class ClockOracle {
 public:
  using Day = CalendarOracle::Day;
  struct Moment {
    Day day;
    int minute = 0;
    friend bool operator==(const Moment&, const Moment&) = default;
  };
  // What a clock is to the oracle.
  struct Life {
    LimitUnit unit = WORKING_DAYS;
    ClockKind kind = PROMISED;
    // Days, or minutes for SERVICE_HOURS, with every grant.
    int budget = 0;
    Moment start;
    // Pause, resume, pause, ...
    std::vector<Moment> changes;
  };

  ClockOracle(const CalendarOracle& calendar, Life life)
      : calendar_(calendar), life_(std::move(life)) {}

  // The day at whose end the budget is used up and the clock runs. Requires: it runs in the end.
  Day DueDay() const {
    int left = life_.budget;
    for (Day day = life_.start.day;; day = CalendarOracle::Next(day)) {
      if (left > 0 && Counts(day)) --left;
      if (left == 0 && RunsAtEndOf(day) && MayEndOn(day)) return day;
    }
  }

  // For SERVICE_HOURS: the first moment at which the budget is used up and the clock runs.
  Moment DueMoment() const {
    int left = life_.budget;
    for (Day day = life_.start.day;; day = CalendarOracle::Next(day)) {
      bool working = calendar_.IsWorking(day);
      int minute = day == life_.start.day ? life_.start.minute : 0;
      for (; minute < 24 * 60; ++minute) {
        bool runs = RunsAt({day, minute});
        if (left == 0 && runs) return {day, minute};
        if (runs && working && calendar_.IsService(day, minute)) --left;
      }
    }
  }

  // A day consumes when it comes after the start, begins with the clock running, and is of the
  // unit.
  bool Counts(const Day& day) const {
    return !Before(day, life_.start.day) && !(day == life_.start.day) && RunsAtBeginOf(day) &&
           IsOfUnit(day);
  }
  bool RunsAtBeginOf(const Day& day) const {
    int changes = 0;
    for (const Moment& change : life_.changes) changes += Before(change.day, day) ? 1 : 0;
    return changes % 2 == 0;
  }
  bool IsOfUnit(const Day& day) const {
    return life_.unit == CALENDAR_DAYS || calendar_.IsWorking(day);
  }

  static bool Before(const Day& a, const Day& b) {
    return CalendarOracle::Text(a) < CalendarOracle::Text(b);
  }

 private:
  bool RunsAtEndOf(const Day& day) const {
    int changes = 0;
    for (const Moment& change : life_.changes) changes += Before(day, change.day) ? 0 : 1;
    return changes % 2 == 0;
  }
  bool RunsAt(const Moment& moment) const {
    int changes = 0;
    for (const Moment& change : life_.changes) {
      bool later = Before(moment.day, change.day) ||
                   (moment.day == change.day && moment.minute < change.minute);
      changes += later ? 0 : 1;
    }
    return changes % 2 == 0;
  }
  bool MayEndOn(const Day& day) const {
    return life_.unit != CALENDAR_DAYS || life_.kind == NOTICE || calendar_.IsWorking(day);
  }

  const CalendarOracle& calendar_;
  Life life_;
};

}  // namespace onewindow
