#include "engine/casework/rights.h"

#include <algorithm>
#include <string>

#include "engine/casework/rejections.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

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
  if (!context.organisation.Holds(caller.person(), caller.position(), today)) {
    return Refused(POSITION_NOT_HELD, current, wish,
                   "'" + caller.person() + "' does not hold the position '" + caller.position() +
                       "' on " + FormatDate(today));
  }
  return std::nullopt;
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

std::string ServingWindow(const CaseRecord& current, const Context& context) {
  std::string_view acting = ActingOrganisation(context);
  return acting.empty() ? current.intake() : std::string(acting);
}

std::string_view ActingPerson(const Context& context) {
  const Caller& caller = context.caller;
  return IsSystem(context) && !caller.on_behalf_of().empty() ? caller.on_behalf_of()
                                                             : caller.person();
}

std::string_view ActingOrganisation(const Context& context) {
  const Position* position = context.organisation.FindPosition(context.caller.position());
  return position == nullptr ? std::string_view() : std::string_view(position->organisation());
}

}  // namespace onewindow
