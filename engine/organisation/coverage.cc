#include "engine/organisation/coverage.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace onewindow {
namespace {

using People = std::vector<std::string_view>;

// Whoever holds the position at some time, and whoever stands in for one of them.
People HoldersOf(const OrganisationChart& chart, const Position& position) {
  People people;
  for (const Holding& holding : chart.holdings()) {
    if (holding.position() == position.id()) people.push_back(holding.person());
  }
  return people;
}

People SubstitutesOf(const OrganisationChart& chart, const Position& position) {
  People people;
  for (const Substitution& substitution : chart.substitutions()) {
    if (substitution.position() == position.id()) people.push_back(substitution.substitute());
  }
  return people;
}

class Coverage {
 public:
  Coverage(const OrganisationIndex& organisation, const Position& position)
      : organisation_(organisation),
        position_(position),
        holders_(HoldersOf(organisation.chart(), position)),
        substitutes_(SubstitutesOf(organisation.chart(), position)) {}

  bool IsUncovered(Date day) const {
    bool is_held = false;
    for (std::string_view holder : holders_) {
      if (!organisation_.Holds(holder, position_.id(), day)) continue;
      if (!organisation_.IsAbsent(holder, day)) return false;
      is_held = true;
    }
    return is_held && !HasSubstitute(day);
  }

 private:
  bool HasSubstitute(Date day) const {
    return std::any_of(substitutes_.begin(), substitutes_.end(), [&](std::string_view person) {
      return !organisation_.IsAbsent(person, day) &&
             organisation_.SubstitutionBy(person, position_.id(), day) != nullptr;
    });
  }

  const OrganisationIndex& organisation_;
  const Position& position_;
  const People holders_;
  const People substitutes_;
};

}  // namespace

std::vector<UncoveredRun> UncoveredRunsOf(const OrganisationIndex& organisation,
                                          const Position& position, DaySpan days) {
  const Coverage coverage(organisation, position);
  std::vector<UncoveredRun> runs;
  bool in_run = false;
  for (Date day = days.from; day <= days.until; day += std::chrono::days(1)) {
    const bool uncovered = coverage.IsUncovered(day);
    if (uncovered && !in_run) runs.push_back({.position = &position, .days = {day, day}});
    if (uncovered) runs.back().days.until = day;
    in_run = uncovered;
  }
  return runs;
}

std::vector<const Position*> PositionsWithAbsences(const OrganisationIndex& organisation,
                                                   DaySpan days) {
  const OrganisationChart& chart = organisation.chart();
  std::unordered_set<std::string_view> absent;
  for (const Absence& absence : chart.absences()) {
    if (*ParseDate(absence.from()) > days.until || *ParseDate(absence.until()) < days.from)
      continue;
    absent.insert(absence.person());
  }
  std::unordered_set<std::string_view> theirs;
  for (const Holding& holding : chart.holdings()) {
    if (absent.contains(holding.person())) theirs.insert(holding.position());
  }
  std::vector<const Position*> positions;
  for (const Position& position : chart.positions()) {
    if (theirs.contains(position.id())) positions.push_back(&position);
  }
  return positions;
}

}  // namespace onewindow
