#include "engine/organisation/check_chart.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/base/instant.h"
#include "engine/base/name.h"
#include "engine/organisation/check_delegations.h"
#include "engine/organisation/check_people.h"
#include "engine/organisation/credit_code.h"
#include "engine/yaml/scalar.h"

namespace onewindow {
namespace {

constexpr size_t kDivisionDigits = 12;
constexpr size_t kCountyDigits = 6;
constexpr size_t kTownshipDigits = 9;

// Kinds in strata: each stands under kinds of a higher one, so that no chain of parents comes back
// to where it began.
bool MayBeParent(Organisation::Kind parent, Organisation::Kind child) {
  bool is_part = child == Organisation::OFFICE || child == Organisation::STATION ||
                 child == Organisation::HALL;
  if (parent == Organisation::DEPARTMENT) return is_part;
  if (parent == Organisation::TOWNSHIP) return is_part || child == Organisation::VILLAGE;
  if (parent != Organisation::COUNTY) return false;
  return is_part || child == Organisation::DEPARTMENT || child == Organisation::TOWNSHIP;
}

bool IsDivisionCode(std::string_view code) {
  return code.size() == kDivisionDigits &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string Quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

// Requests may hold numbers that are no value of the enum.
std::string Word(Organisation::Kind kind) {
  auto* value = Organisation::Kind_descriptor()->FindValueByNumber(kind);
  return value ? EnumWord(*value) : std::to_string(kind);
}

class ChartChecker {
 public:
  explicit ChartChecker(const OrganisationChart& chart) : chart_(chart) {}

  Review Check() && {
    NoteIds("organisations", chart_.organisations(), organisations_);
    NoteIds("positions", chart_.positions(), positions_);
    NoteIds("persons", chart_.persons(), persons_);
    NoteNumbers("organisations", chart_.organisations());
    NoteNumbers("positions", chart_.positions());
    for (int i = 0; i < chart_.organisations_size(); ++i) {
      CheckOrganisation(Entry("organisations", i), chart_.organisations(i));
    }
    for (int i = 0; i < chart_.positions_size(); ++i) {
      CheckPosition(Entry("positions", i), chart_.positions(i));
    }
    for (int i = 0; i < chart_.persons_size(); ++i) {
      CheckPerson(Entry("persons", i), chart_.persons(i));
    }
    for (int i = 0; i < chart_.holdings_size(); ++i) {
      CheckHolding(Entry("holdings", i), chart_.holdings(i));
    }
    CheckPeople(chart_, review_);
    return std::move(review_);
  }

 private:
  template <typename Thing>
  using ById = std::unordered_map<std::string_view, const Thing*>;

  static std::string Entry(const std::string& list, int index) {
    return list + "[" + std::to_string(index) + "]";
  }
  void Error(std::string path, std::string message) {
    review_.AddError(std::move(path), std::move(message));
  }
  void Warning(std::string path, std::string message) {
    review_.AddWarning(std::move(path), std::move(message));
  }

  template <typename Things, typename Thing>
  void NoteIds(const std::string& list, const Things& things, ById<Thing>& known) {
    for (int i = 0; i < things.size(); ++i) {
      const std::string& id = things[i].id();
      if (!IsName(id)) {
        Error(Entry(list, i) + ".id",
              "expected 1 to 40 of a-z, 0-9 and '-', but found " + Quoted(id));
      } else if (!known.emplace(id, &things[i]).second) {
        Error(Entry(list, i) + ".id", Quoted(id) + " stands twice among the " + list);
      }
    }
  }

  template <typename Things>
  void NoteNumbers(const std::string& list, const Things& things) {
    std::unordered_map<uint32_t, std::string_view> bearers;
    for (int i = 0; i < things.size(); ++i) {
      if (things[i].number() == 0) continue;
      auto [bearer, is_new] = bearers.emplace(things[i].number(), things[i].id());
      if (is_new) continue;
      Error(Entry(list, i) + ".number", "number " + std::to_string(things[i].number()) +
                                            " belongs to " + Quoted(bearer->second) + " already");
    }
  }

  void CheckName(const std::string& path, const std::string& name) {
    if (name.empty()) Error(path + ".name", "a name is missing");
  }

  void CheckKnown(const std::string& path, const std::string& organisation) {
    if (!organisations_.contains(organisation)) {
      Error(path, "there is no organisation " + Quoted(organisation));
    }
  }

  void CheckOrganisation(const std::string& path, const Organisation& organisation) {
    CheckName(path, organisation.name());
    if (organisation.kind() == Organisation::KIND_UNSPECIFIED ||
        !Organisation::Kind_IsValid(organisation.kind())) {
      Error(path + ".kind", "a kind is missing");
    } else {
      CheckParent(path + ".parent", organisation);
    }
    CheckSuperior(path + ".superior", organisation);
    CheckFunction(path + ".function", organisation);
    CheckDivision(path + ".division_code", organisation);
    if (!organisation.credit_code().empty() && !IsCreditCode(organisation.credit_code())) {
      Warning(path + ".credit_code",
              Quoted(organisation.credit_code()) + " fails the check of GB 32100");
    }
  }

  void CheckParent(const std::string& path, const Organisation& organisation) {
    if (organisation.kind() == Organisation::COUNTY) {
      if (!organisation.parent().empty()) Error(path, "a county has no parent");
      return;
    }
    auto parent = organisations_.find(organisation.parent());
    if (parent == organisations_.end()) return CheckKnown(path, organisation.parent());
    if (MayBeParent(parent->second->kind(), organisation.kind())) return;
    Error(path, Quoted(Word(organisation.kind())) + " cannot stand under " +
                    Quoted(organisation.parent()) + " of kind " +
                    Quoted(Word(parent->second->kind())));
  }

  void CheckSuperior(const std::string& path, const Organisation& organisation) {
    if (organisation.superior().empty()) return;
    auto superior = organisations_.find(organisation.superior());
    if (superior == organisations_.end()) return CheckKnown(path, organisation.superior());
    if (superior->second->kind() == Organisation::DEPARTMENT) return;
    Error(path, "expected a department, but " + Quoted(organisation.superior()) + " is of kind " +
                    Quoted(Word(superior->second->kind())));
  }

  void CheckFunction(const std::string& path, const Organisation& organisation) {
    const std::string& function = organisation.function();
    if (function.empty()) return;
    if (!IsName(function)) {
      return Error(path, "expected 1 to 40 of a-z, 0-9 and '-', but found " + Quoted(function));
    }
    if (organisation.kind() == Organisation::COUNTY ||
        organisation.kind() == Organisation::TOWNSHIP) {
      return Error(path, "the government of a county or township has no function of its own");
    }
    if (organisation.kind() == Organisation::VILLAGE) return;
    std::string place = organisation.parent() + "/" + function;
    auto [first, is_new] = functions_.emplace(place, organisation.id());
    if (!is_new) Warning(path, Quoted(place) + " finds only " + Quoted(first->second));
  }

  void CheckDivision(const std::string& path, const Organisation& organisation) {
    const std::string& code = organisation.division_code();
    bool is_township = organisation.kind() == Organisation::TOWNSHIP;
    if (code.empty()) {
      if (is_township) Warning(path, "without a division code no applicant's home is found here");
      return;
    }
    if (!IsDivisionCode(code)) {
      return Error(path, "expected 12 digits, but found " + Quoted(code));
    }
    // Receipt numbers begin with the county's digits, homes are found by either's.
    bool is_county = organisation.kind() == Organisation::COUNTY;
    if (!is_township && !is_county) return;
    size_t digits = is_county ? kCountyDigits : kTownshipDigits;
    auto [first, is_new] = divisions_.emplace(code.substr(0, digits), organisation.id());
    if (!is_new) Error(path, "the division belongs to " + Quoted(first->second) + " already");
  }

  void CheckPosition(const std::string& path, const Position& position) {
    CheckName(path, position.name());
    CheckKnown(path + ".organisation", position.organisation());
    if (position.duties().empty()) Warning(path, "a position without a duty may do nothing");
    for (int i = 0; i < position.duties_size(); ++i) {
      if (position.duties(i) != DUTY_UNSPECIFIED && Duty_IsValid(position.duties(i))) continue;
      Error(path + "." + Entry("duties", i), "a duty is missing");
    }
  }

  void CheckPerson(const std::string& path, const Person& person) {
    CheckName(path, person.name());
    if (!person.home().empty()) CheckKnown(path + ".home", person.home());
    if (!person.serving().empty()) CheckKnown(path + ".serving", person.serving());
  }

  void CheckHolding(const std::string& path, const Holding& holding) {
    if (!persons_.contains(holding.person())) {
      Error(path + ".person", "there is no person " + Quoted(holding.person()));
    }
    if (!positions_.contains(holding.position())) {
      Error(path + ".position", "there is no position " + Quoted(holding.position()));
    }
    auto from = ParseDate(holding.from());
    auto until = ParseDate(holding.until());
    if (!from)
      Error(path + ".from", "expected a day like 2026-01-01, but found " + Quoted(holding.from()));
    if (holding.until().empty()) return;
    if (!until) {
      Error(path + ".until",
            "expected a day like 2026-01-01, but found " + Quoted(holding.until()));
    } else if (from && *until < *from) {
      Error(path + ".until", "it ends before it begins");
    }
  }

  const OrganisationChart& chart_;
  Review review_;
  ById<Organisation> organisations_;
  ById<Position> positions_;
  ById<Person> persons_;
  std::unordered_map<std::string, std::string_view> functions_;  // By "parent/function".
  // By the digits of the county or township.
  std::unordered_map<std::string, std::string_view> divisions_;
};

}  // namespace

Review CheckPublished(const OrganisationChart& chart) {
  Review review = ChartChecker(chart).Check();
  review.Add(CheckDelegations(chart));
  review.Add(CheckResponsibilityLists(chart));
  return review;
}

Review CheckChart(const OrganisationChart& chart) {
  Review review = CheckPublished(chart);
  CheckServing(chart, review);
  return review;
}

}  // namespace onewindow
