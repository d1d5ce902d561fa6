#include "engine/organisation/amendments.h"

#include <algorithm>
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
  if (last_day.empty()) {
    all.erase(ended);
  } else {
    ended->set_until(last_day);
  }
  return chart;
}

OrganisationChart WithPeopleKept(OrganisationChart chart, const OrganisationChart& previous,
                                 Date today) {
  const std::string day = FormatDate(today);
  const auto persons = IdsOf(chart.persons());
  const auto positions = IdsOf(chart.positions());
  const bool has_absences = chart.absences_size() > 0;
  const bool has_substitutions = chart.substitutions_size() > 0;
  for (const Absence& absence : previous.absences()) {
    if (has_absences || IsOver(absence, day) || !persons.contains(absence.person())) continue;
    *chart.add_absences() = absence;
  }
  for (const Substitution& substitution : previous.substitutions()) {
    if (has_substitutions || IsOver(substitution, day)) continue;
    if (!positions.contains(substitution.position())) continue;
    if (!persons.contains(substitution.holder())) continue;
    if (!persons.contains(substitution.substitute())) continue;
    *chart.add_substitutions() = substitution;
  }
  return chart;
}

}  // namespace onewindow
