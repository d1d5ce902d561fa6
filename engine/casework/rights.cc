#include "engine/casework/rights.h"

#include <algorithm>
#include <string>

#include "engine/casework/rejections.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

constexpr char kOnBehalfOf[] = "envelope.on_behalf_of";

std::optional<Rejection> CheckDuty(const CaseRecord& current, std::string_view wish,
                                   const Position& position, std::initializer_list<Duty> duties) {
  bool has_duty =
      std::any_of(duties.begin(), duties.end(), [&](Duty duty) { return HasDuty(position, duty); });
  if (has_duty) return std::nullopt;
  Rejection rejection =
      Refused(DUTY_MISSING, current, wish,
              "the position '" + position.id() + "' has none of the duties for it");
  rejection.allowed.clear();
  for (Duty duty : duties) rejection.allowed.push_back(Duty_Name(duty));
  return rejection;
}

// One server may hold several counties.
bool AreOfOneCounty(std::string_view one, std::string_view other, const OrganisationIndex& chart) {
  const Organisation* first = chart.Find(one);
  const Organisation* second = chart.Find(other);
  return first != nullptr && second != nullptr && chart.CountyOf(*first) == chart.CountyOf(*second);
}

// The reception of the place's township, or of its county for what is the county's own.
const Organisation* FrontDeskNear(const Organisation& place, const OrganisationIndex& chart) {
  Performer desk;
  desk.set_place(chart.TownshipOf(place) == nullptr ? Performer::COUNTY_OF_INTAKE
                                                    : Performer::TOWNSHIP_OF_INTAKE);
  desk.set_organisation("reception");
  return chart.Resolve(desk, {.intake = place});
}

bool TakesPart(const CaseRecord& record, std::string_view organisation) {
  if (organisation == record.intake() || organisation == record.deciding()) return true;
  if (organisation == record.delivery_point()) return true;
  return std::any_of(record.tasks().begin(), record.tasks().end(), [&](const Task& task) {
    return organisation == task.organisation() || organisation == task.from();
  });
}

Rejection NotSubstitute(const CaseRecord& current, std::string_view wish, std::string_view fact) {
  Rejection rejection = Refused(NOT_SUBSTITUTE, current, wish, fact);
  rejection.field = kOnBehalfOf;
  rejection.allowed.clear();
  return rejection;
}

// Both names are in the log, so whoever stands in says for whom.
std::optional<Rejection> CheckHolding(const CaseRecord& current, std::string_view wish, Date today,
                                      const Context& context) {
  const Caller& caller = context.caller;
  if (context.organisation.Holds(caller.person(), caller.position(), today)) return std::nullopt;
  const Substitution* substitution =
      context.organisation.SubstitutionBy(caller.person(), caller.position(), today);
  if (substitution == nullptr) {
    return Refused(POSITION_NOT_HELD, current, wish,
                   "'" + caller.person() + "' does not hold the position '" + caller.position() +
                       "' on " + FormatDate(today));
  }
  Rejection rejection = NotSubstitute(current, wish,
                                      "'" + caller.person() + "' acts there only on behalf of '" +
                                          substitution->holder() + "', whom he does not name");
  rejection.allowed = {substitution->holder()};
  return rejection;
}

}  // namespace

bool IsSystem(const Context& context) { return context.caller.person() == kSystemPerson; }

std::optional<Rejection> CheckCaller(const CaseRecord& current, std::string_view wish,
                                     const Context& context) {
  if (IsSystem(context)) return std::nullopt;
  const Caller& caller = context.caller;
  if (caller.position().empty()) {
    return RefusedField(FIELD_MISSING, "envelope.position", "names the position acted from");
  }
  Date today = DateOf(context.now, kBeijing);
  if (caller.on_behalf_of().empty()) return CheckHolding(current, wish, today, context);
  if (context.organisation.FindPerson(caller.on_behalf_of()) == nullptr) {
    return RefusedField(FIELD_INVALID, kOnBehalfOf, "names no person of the chart");
  }
  if (context.organisation.StandsIn(caller.person(), caller.on_behalf_of(), caller.position(),
                                    today)) {
    return std::nullopt;
  }
  return NotSubstitute(current, wish,
                       "'" + caller.person() + "' does not stand in for '" + caller.on_behalf_of() +
                           "' at the position '" + caller.position() + "' on " + FormatDate(today));
}

std::optional<Rejection> CheckSystem(std::string_view wish, const Context& context) {
  if (IsSystem(context)) return std::nullopt;
  Rejection rejection;
  rejection.reason = SYSTEM_ONLY;
  rejection.text = "Expected " + std::string(wish) + " from the system itself, but '" +
                   context.caller.person() + "' submits it";
  return rejection;
}

std::optional<Rejection> CheckDesk(const CaseRecord& current, std::string_view wish,
                                   std::string_view organisation,
                                   std::initializer_list<Duty> duties, const Context& context) {
  if (IsSystem(context)) return std::nullopt;
  const Position* position = context.organisation.FindPosition(context.caller.position());
  if (position == nullptr || position->organisation() != organisation) {
    return Refused(NOT_YOUR_DESK, current, wish,
                   "that belongs to '" + std::string(organisation) + "', and the position '" +
                       context.caller.position() + "' does not");
  }
  return CheckDuty(current, wish, *position, duties);
}

bool Leads(std::string_view position, std::string_view organisation,
           const OrganisationIndex& chart) {
  const Position* leading = chart.FindPosition(position);
  const Organisation* led = chart.Find(organisation);
  if (leading == nullptr || led == nullptr) return false;
  const std::string& place = leading->organisation();
  const bool is_over = place == led->id() || place == led->parent() || place == led->superior();
  if (HasDuty(*leading, APPROVAL) && is_over) return true;
  return HasDuty(*leading, ADMINISTRATION) && AreOfOneCounty(place, organisation, chart);
}

std::optional<Rejection> CheckLeads(const CaseRecord& current, std::string_view wish,
                                    std::string_view organisation, const Context& context) {
  const std::string& acting = context.caller.position();
  if (IsSystem(context) || Leads(acting, organisation, context.organisation)) return std::nullopt;
  if (ActingOrganisation(context) == organisation) {
    const Position& position = *context.organisation.FindPosition(acting);
    return CheckDuty(current, wish, position, {APPROVAL, ADMINISTRATION});
  }
  return Refused(NOT_YOUR_DESK, current, wish,
                 "that belongs to who leads '" + std::string(organisation) +
                     "', and the position '" + acting + "' does not");
}

std::optional<Rejection> CheckFrontDesk(const CaseRecord& current, std::string_view wish,
                                        const Context& context) {
  return CheckInCounty(current, wish, {RECEPTION}, context);
}

std::optional<Rejection> CheckInCounty(const CaseRecord& current, std::string_view wish,
                                       std::initializer_list<Duty> duties, const Context& context) {
  if (IsSystem(context)) return std::nullopt;
  const OrganisationIndex& chart = context.organisation;
  const Position* position = chart.FindPosition(context.caller.position());
  if (position == nullptr || !AreOfOneCounty(position->organisation(), current.intake(), chart)) {
    return Refused(NOT_YOUR_DESK, current, wish,
                   "the position '" + context.caller.position() + "' is not of its county");
  }
  return CheckDuty(current, wish, *position, duties);
}

std::optional<Rejection> CheckTakesPart(const CaseRecord& current, std::string_view wish,
                                        std::initializer_list<Duty> duties,
                                        const Context& context) {
  if (IsSystem(context)) return std::nullopt;
  const Position* position = context.organisation.FindPosition(context.caller.position());
  if (position == nullptr || !TakesPart(current, position->organisation())) {
    return Refused(NOT_YOUR_DESK, current, wish,
                   "the organisation of the position '" + context.caller.position() +
                       "' has nothing to do with it");
  }
  return CheckDuty(current, wish, *position, duties);
}

std::string ServingWindow(const CaseRecord& current, const Context& context) {
  const OrganisationIndex& chart = context.organisation;
  const Position* position = chart.FindPosition(context.caller.position());
  if (position == nullptr) return current.intake();
  if (IsSystem(context) || HasDuty(*position, RECEPTION)) return position->organisation();
  const Organisation* window = FrontDeskNear(*chart.Find(position->organisation()), chart);
  return window == nullptr ? current.intake() : window->id();
}

std::string_view ActingPerson(const Context& context) {
  const Caller& caller = context.caller;
  return IsSystem(context) && !caller.on_behalf_of().empty() ? caller.on_behalf_of()
                                                             : caller.person();
}

bool IsSubstitute(const Context& context) {
  return !IsSystem(context) && !context.caller.on_behalf_of().empty();
}

std::string_view ActingOrganisation(const Context& context) {
  const Position* position = context.organisation.FindPosition(context.caller.position());
  return position == nullptr ? std::string_view() : std::string_view(position->organisation());
}

}  // namespace onewindow
