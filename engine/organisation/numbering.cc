#include "engine/organisation/numbering.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace onewindow {
namespace {

// Numbers the things that have an id; gives back the last number ever given.
template <typename Things>
uint32_t Number(const Things& previous, uint32_t last, Things& things) {
  std::unordered_map<std::string_view, uint32_t> known;
  for (const auto& thing : previous) {
    known[thing.id()] = thing.number();
    last = std::max(last, thing.number());
  }
  for (auto& thing : things) {
    auto found = known.find(thing.id());
    thing.set_number(found == known.end() ? ++last : found->second);
  }
  return last;
}

// The same for what has no id: an entry keeps a number that was given once, and no other.
template <typename Things>
uint32_t NumberEntries(const Things& previous, uint32_t last, Things& things) {
  std::unordered_set<uint32_t> known;
  for (const auto& thing : previous) {
    known.insert(thing.number());
    last = std::max(last, thing.number());
  }
  for (auto& thing : things) {
    if (!known.contains(thing.number())) thing.set_number(++last);
  }
  return last;
}

}  // namespace

OrganisationChart WithNumbers(OrganisationChart chart, const OrganisationChart& previous) {
  chart.set_version(previous.version() + 1);
  chart.set_last_organisation_number(Number(previous.organisations(),
                                            previous.last_organisation_number(),
                                            *chart.mutable_organisations()));
  chart.set_last_position_number(
      Number(previous.positions(), previous.last_position_number(), *chart.mutable_positions()));
  chart.set_last_absence_number(NumberEntries(previous.absences(), previous.last_absence_number(),
                                              *chart.mutable_absences()));
  chart.set_last_substitution_number(NumberEntries(previous.substitutions(),
                                                   previous.last_substitution_number(),
                                                   *chart.mutable_substitutions()));
  return chart;
}

}  // namespace onewindow
