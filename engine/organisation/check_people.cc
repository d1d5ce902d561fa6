#include "engine/organisation/check_people.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "engine/base/instant.h"

namespace onewindow {
namespace {

constexpr uint32_t kDaysOfWeek = 7;
// No chain of parents is longer, unless it is a circle, which is an error of its own.
constexpr int kStrataMax = 8;

std::string Entry(const char* list, int index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

std::string Quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

class PeopleChecker {
 public:
  PeopleChecker(const OrganisationChart& chart, Review& review) : chart_(chart), review_(review) {
    for (const Organisation& each : chart.organisations()) {
      parents_.emplace(each.id(), each.parent());
    }
    for (const Position& each : chart.positions()) {
      places_.emplace(each.id(), each.organisation());
    }
    for (const Person& each : chart.persons()) serving_.emplace(each.id(), each.serving());
  }

  void Check() {
    for (int i = 0; i < chart_.holdings_size(); ++i) {
      CheckRota(Entry("holdings", i), chart_.holdings(i));
    }
    for (int i = 0; i < chart_.absences_size(); ++i) {
      CheckAbsence(Entry("absences", i), chart_.absences(i));
    }
    for (int i = 0; i < chart_.substitutions_size(); ++i) {
      CheckSubstitution(Entry("substitutions", i), chart_.substitutions(i));
    }
    CheckNumbers("absences", chart_.absences());
    CheckNumbers("substitutions", chart_.substitutions());
  }

  void CheckServing() {
    for (int i = 0; i < chart_.holdings_size(); ++i) {
      CheckPlace(Entry("holdings", i), chart_.holdings(i));
    }
  }

 private:
  using Names = std::unordered_map<std::string_view, std::string_view>;

  bool IsWithin(std::string_view organisation, std::string_view ancestor) const {
    for (int i = 0; i < kStrataMax; ++i) {
      if (organisation == ancestor) return true;
      auto parent = parents_.find(organisation);
      if (parent == parents_.end()) return false;
      organisation = parent->second;
    }
    return false;
  }

  void CheckRota(const std::string& path, const Holding& holding) {
    std::unordered_set<uint32_t> days;
    for (int i = 0; i < holding.weekdays_size(); ++i) {
      const uint32_t day = holding.weekdays(i);
      if (day >= 1 && day <= kDaysOfWeek && days.insert(day).second) continue;
      review_.AddError(
          path + "." + Entry("weekdays", i),
          "expected each day once, 1 Monday to 7 Sunday, but found " + std::to_string(day));
    }
  }

  void CheckPlace(const std::string& path, const Holding& holding) {
    auto serving = serving_.find(holding.person());
    auto place = places_.find(holding.position());
    if (serving == serving_.end() || place == places_.end()) return;
    // Nobody need say where he serves; what is not there is an error of its own.
    if (!parents_.contains(serving->second) || !parents_.contains(place->second)) return;
    if (IsWithin(place->second, serving->second)) return;
    review_.AddError(path + ".position", Quoted(holding.person()) + " serves at " +
                                             Quoted(serving->second) +
                                             ", and the position is not within it");
  }

  void CheckAbsence(const std::string& path, const Absence& absence) {
    CheckKnown(path + ".person", serving_, absence.person());
    CheckDays(path, absence, std::chrono::days(1));
  }

  void CheckSubstitution(const std::string& path, const Substitution& substitution) {
    CheckKnown(path + ".position", places_, substitution.position());
    CheckKnown(path + ".holder", serving_, substitution.holder());
    CheckKnown(path + ".substitute", serving_, substitution.substitute());
    if (substitution.holder() == substitution.substitute()) {
      review_.AddError(path + ".substitute", "nobody stands in for himself");
    }
    CheckDays(path, substitution, std::chrono::days(substitution.ended() ? 0 : 1));
  }

  void CheckKnown(const std::string& path, const Names& known, const std::string& id) {
    if (!known.contains(id)) review_.AddError(path, "there is no " + Quoted(id));
  }

  // What was ended before it began has no day at all.
  template <typename Thing>
  void CheckDays(const std::string& path, const Thing& entry, std::chrono::days least) {
    auto from = ParseDate(entry.from());
    auto until = ParseDate(entry.until());
    if (!from) review_.AddError(path + ".from", ExpectedDay(entry.from()));
    if (!until) review_.AddError(path + ".until", ExpectedDay(entry.until()));
    if (from && until && *until - *from + std::chrono::days(1) < least) {
      review_.AddError(path + ".until", "it ends before it begins");
    }
  }

  static std::string ExpectedDay(const std::string& found) {
    return "expected a day like 2026-01-01, but found " + Quoted(found);
  }

  template <typename Things>
  void CheckNumbers(const char* list, const Things& things) {
    std::unordered_set<uint32_t> numbers;
    for (int i = 0; i < things.size(); ++i) {
      const uint32_t number = things[i].number();
      if (number == 0 || numbers.insert(number).second) continue;
      review_.AddError(Entry(list, i) + ".number",
                       "number " + std::to_string(number) + " stands twice");
    }
  }

  const OrganisationChart& chart_;
  Review& review_;
  Names parents_;  // Of organisations.
  Names places_;   // Organisations of positions.
  Names serving_;  // Of persons.
};

}  // namespace

void CheckPeople(const OrganisationChart& chart, Review& review) {
  PeopleChecker(chart, review).Check();
}

void CheckServing(const OrganisationChart& chart, Review& review) {
  PeopleChecker(chart, review).CheckServing();
}

}  // namespace onewindow
