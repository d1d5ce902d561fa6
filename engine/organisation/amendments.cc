#include "engine/organisation/amendments.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <unordered_set>

namespace onewindow {
namespace {

template <typename Things>
std::unordered_set<std::string_view> IdsOf(const Things& things) {
  std::unordered_set<std::string_view> ids;
  for (const auto& thing : things) ids.insert(thing.id());
  return ids;
}

// Days are written so that they sort as text.
template <typename Entry>
bool IsOver(const Entry& entry, const std::string& today) {
  return entry.until() < today;
}

bool IsSame(const Absence& one, const Absence& other) {
  return one.person() == other.person() && one.from() == other.from();
}

bool IsSame(const Substitution& one, const Substitution& other) {
  return one.position() == other.position() && one.holder() == other.holder() &&
         one.substitute() == other.substitute() && one.from() == other.from();
}

template <typename Entries, typename Entry>
auto FindSame(Entries& entries, const Entry& sought) {
  return std::find_if(entries.begin(), entries.end(),
                      [&](const Entry& each) { return IsSame(each, sought); });
}

// Numbers are the server's: what a document says of them may be another entry's by now.
template <typename Entries>
void ClearNumbers(Entries& entries) {
  for (auto& entry : entries) entry.clear_number();
}

std::string DayBefore(const std::string& day) {
  return FormatDate(*ParseDate(day) - std::chrono::days(1));
}

}  // namespace

OrganisationChart WithAbsence(OrganisationChart chart, const Absence& absence) {
  *chart.add_absences() = absence;
  chart.set_last_absence_number(absence.number());
  return chart;
}

OrganisationChart WithSubstitution(OrganisationChart chart, const Substitution& substitution) {
  *chart.add_substitutions() = substitution;
  chart.set_last_substitution_number(substitution.number());
  return chart;
}

OrganisationChart WithSubstitutionEnded(OrganisationChart chart, uint32_t number,
                                        const std::string& last_day) {
  auto& all = *chart.mutable_substitutions();
  auto ended = std::find_if(all.begin(), all.end(),
                            [number](const Substitution& each) { return each.number() == number; });
  if (ended == all.end()) return chart;
  ended->set_until(last_day.empty() ? DayBefore(ended->from()) : last_day);
  ended->set_ended(true);
  return chart;
}

OrganisationChart WithPeopleKept(OrganisationChart chart, const OrganisationChart& previous,
                                 Date today) {
  const std::string day = FormatDate(today);
  const auto persons = IdsOf(chart.persons());
  const auto positions = IdsOf(chart.positions());
  auto& absences = *chart.mutable_absences();
  ClearNumbers(absences);
  for (const Absence& absence : previous.absences()) {
    if (auto own = FindSame(absences, absence); own != absences.end()) {
      own->set_number(absence.number());
    } else if (!IsOver(absence, day) && persons.contains(absence.person())) {
      *absences.Add() = absence;
    }
  }
  auto& substitutions = *chart.mutable_substitutions();
  ClearNumbers(substitutions);
  for (const Substitution& substitution : previous.substitutions()) {
    if (auto own = FindSame(substitutions, substitution); own != substitutions.end()) {
      if (substitution.ended() || own->ended()) *own = substitution;
      own->set_number(substitution.number());
      continue;
    }
    if (IsOver(substitution, day) || !positions.contains(substitution.position())) continue;
    if (!persons.contains(substitution.holder())) continue;
    if (!persons.contains(substitution.substitute())) continue;
    *substitutions.Add() = substitution;
  }
  return chart;
}

}  // namespace onewindow
