#include "engine/casework/mandates.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

Date DayOf(const Context& context) { return DateOf(context.at, kBeijing); }

std::vector<std::string> ScopeNames(const Mandate& mandate) {
  std::vector<std::string> names;
  for (int scope : mandate.scopes()) {
    names.push_back(Mandate::Scope_Name(static_cast<Mandate::Scope>(scope)));
  }
  return names;
}

// Whether the person holds a position on that day from which people help applicants.
bool IsHelper(std::string_view person, const Context& context) {
  const OrganisationIndex& chart = context.organisation;
  const auto& holdings = chart.chart().holdings();
  return std::any_of(holdings.begin(), holdings.end(), [&](const Holding& holding) {
    if (holding.person() != person) return false;
    const Position* position = chart.FindPosition(holding.position());
    if (position == nullptr) return false;
    if (!HasDuty(*position, HELPING) && !HasDuty(*position, RECEPTION)) return false;
    return chart.Holds(person, position->id(), DayOf(context));
  });
}

std::optional<Rejection> CheckScopes(const Mandate& mandate) {
  if (mandate.scopes().empty()) {
    return RefusedField(FIELD_MISSING, "mandate.scopes", "says what he may do");
  }
  const auto& scopes = mandate.scopes();
  const bool known = std::all_of(scopes.begin(), scopes.end(), [](int scope) {
    return scope != Mandate::SCOPE_UNSPECIFIED && Mandate::Scope_IsValid(scope);
  });
  if (known) return std::nullopt;
  return RefusedField(FIELD_INVALID, "mandate.scopes", "names a scope that there is not");
}

std::optional<Rejection> CheckLastDay(const Mandate& mandate, const Context& context) {
  if (mandate.until().empty()) {
    return RefusedField(FIELD_MISSING, "mandate.until", "is its last day");
  }
  const auto last_day = ParseDate(mandate.until());
  if (!last_day) return RefusedField(FIELD_INVALID, "mandate.until", "is a day, YYYY-MM-DD");
  if (*last_day >= DayOf(context)) return std::nullopt;
  return RefusedField(FIELD_INVALID, "mandate.until", "lies in the past");
}

// 代办 is free of charge, and by those whose work it is.
std::optional<Rejection> CheckHelper(const Mandate& mandate, const Context& context) {
  if (mandate.fee_fen() != 0) {
    return RefusedField(HELPER_FEE, "mandate.fee_fen", "a helper takes no fee");
  }
  if (IsHelper(mandate.helper(), context)) return std::nullopt;
  Rejection rejection = RefusedField(HELPER_UNKNOWN, "mandate.helper",
                                     "'" + mandate.helper() + "' holds no position that helps");
  rejection.allowed = {"HELPING", "RECEPTION"};
  return rejection;
}

// Art. 29: who the agent is, is recorded; what he is paid is between him and the applicant.
std::optional<Rejection> CheckOwnAgent(const Mandate& mandate) {
  if (IsBlank(mandate.agent_name())) {
    return RefusedField(FIELD_MISSING, "mandate.agent_name", "is required");
  }
  if (IsBlank(mandate.agent_document_number())) {
    return RefusedField(FIELD_MISSING, "mandate.agent_document_number", "is required");
  }
  return std::nullopt;
}

}  // namespace

bool ActsAsHelper(const Context& context) {
  if (IsSystem(context)) return false;
  const Position* position = context.organisation.FindPosition(context.caller.position());
  if (position == nullptr) return false;
  if (context.caller.channel() == CHANNEL_HELPER) return true;
  return HasDuty(*position, HELPING) && !HasDuty(*position, RECEPTION);
}

std::optional<Rejection> CheckMandate(const Mandate& mandate, const Context& context) {
  if (auto refused = CheckScopes(mandate)) return refused;
  if (auto refused = CheckLastDay(mandate, context)) return refused;
  if (mandate.kind() == Mandate::HELPER) return CheckHelper(mandate, context);
  if (mandate.kind() == Mandate::OWN_AGENT) return CheckOwnAgent(mandate);
  return RefusedField(FIELD_MISSING, "mandate.kind", "says who acts for the applicant");
}

bool Covers(const Mandate& mandate, Mandate::Scope scope) {
  const auto& scopes = mandate.scopes();
  return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

// Days are written so that they sort as text.
bool HasBegun(const Mandate& mandate, Date day) { return mandate.from() <= FormatDate(day); }

bool IsInForce(const Mandate& mandate, Date day) {
  return HasBegun(mandate, day) && FormatDate(day) <= mandate.until();
}

const Mandate* FindMandate(const CaseRecord& record, uint32_t id) {
  const auto& mandates = record.mandates();
  const auto found = std::find_if(mandates.begin(), mandates.end(),
                                  [&](const Mandate& mandate) { return mandate.id() == id; });
  return found == mandates.end() ? nullptr : &*found;
}

std::optional<Rejection> CheckMandated(const CaseRecord& current, std::string_view wish,
                                       const Agent& agent, Mandate::Scope scope,
                                       const Context& context) {
  const Mandate* given = nullptr;
  const Mandate* in_force = nullptr;
  for (const Mandate& mandate : current.mandates()) {
    if (mandate.kind() != agent.kind || !HasBegun(mandate, DayOf(context))) continue;
    if (!agent.helper.empty() && mandate.helper() != agent.helper) continue;
    if (agent.mandate_id && mandate.id() != *agent.mandate_id) continue;
    given = &mandate;
    if (!IsInForce(mandate, DayOf(context))) continue;
    if (Covers(mandate, scope)) return std::nullopt;
    in_force = &mandate;
  }
  if (given == nullptr) {
    return Refused(MANDATE_MISSING, current, wish, "the applicant gave him no mandate for it");
  }
  if (in_force == nullptr) {
    return Refused(MANDATE_ENDED, current, wish, "his mandate ended after " + given->until());
  }
  Rejection rejection = Refused(MANDATE_SCOPE_EXCEEDED, current, wish,
                                "his mandate does not say " + Mandate::Scope_Name(scope));
  rejection.allowed = ScopeNames(*in_force);
  return rejection;
}

std::optional<Rejection> CheckFrontDeskOrHelper(const CaseRecord& current, std::string_view wish,
                                                Mandate::Scope scope, uint32_t mandate_id,
                                                const Context& context) {
  if (auto refused = CheckInCounty(current, wish, {RECEPTION, HELPING}, context)) return refused;
  if (ActsAsHelper(context)) {
    return CheckMandated(current, wish, {.kind = Mandate::HELPER, .helper = ActingPerson(context)},
                         scope, context);
  }
  if (mandate_id == 0) return std::nullopt;
  return CheckMandated(current, wish, {.kind = Mandate::OWN_AGENT, .mandate_id = mandate_id}, scope,
                       context);
}

void AddMandate(Plan& plan, Mandate mandate) {
  mandate.set_id(plan.record().last_mandate_id() + 1);
  mandate.set_from(FormatDate(DayOf(plan.context())));
  Event event;
  *event.mutable_mandate_granted()->mutable_mandate() = std::move(mandate);
  plan.Add(std::move(event));
}

}  // namespace onewindow
