#include "services/rpc/gate.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/organisation/organisation_index.h"
#include "services/rpc/credentials.h"

namespace onewindow {
namespace {

Rejection Refuse(Reason reason, std::string text) {
  Rejection rejection;
  rejection.reason = reason;
  rejection.text = std::move(text);
  return rejection;
}

// The scheme's name may be in any case (RFC 9110).
std::optional<std::string_view> BearerToken(std::string_view authorization) {
  static constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size()) return std::nullopt;
  for (size_t i = 0; i < kScheme.size(); ++i) {
    const char c = authorization[i];
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower != kScheme[i]) return std::nullopt;
  }
  return authorization.substr(kScheme.size());
}

// Those of the chart that the person may act from today: first what he holds, then where he stands
// in.
std::vector<const Position*> PositionsFor(std::string_view person, Date today,
                                          const OrganisationIndex& organisation) {
  std::vector<const Position*> positions;
  for (const Holding& holding : organisation.chart().holdings()) {
    if (holding.person() != person) continue;
    if (!organisation.Holds(person, holding.position(), today)) continue;
    positions.push_back(organisation.FindPosition(holding.position()));
  }
  for (const Substitution& substitution : organisation.chart().substitutions()) {
    if (substitution.substitute() != person) continue;
    if (!organisation.MayActFrom(person, substitution.position(), today)) continue;
    positions.push_back(organisation.FindPosition(substitution.position()));
  }
  return positions;
}

bool Admits(const CallPolicy& policy, const Position& position) {
  if (policy.duties().empty()) return true;
  return std::any_of(policy.duties().begin(), policy.duties().end(),
                     [&](int duty) { return HasDuty(position, static_cast<Duty>(duty)); });
}

Admission AdmitAtPosition(const CallPolicy& policy, std::string_view person, std::string_view id,
                          const GateContext& context) {
  const Date today = DateOf(context.now, kBeijing);
  const Position* position =
      context.organisation == nullptr ? nullptr : context.organisation->FindPosition(id);
  if (position == nullptr || !context.organisation->MayActFrom(person, id, today)) {
    return Refuse(POSITION_NOT_HELD,
                  "Expected to act from position " + std::string(id) +
                      ", but the caller neither holds it today nor stands in for its holder");
  }
  if (!Admits(policy, *position)) {
    return Refuse(DUTY_MISSING, "Expected to act from position " + std::string(id) +
                                    ", but it has no duty that this call needs");
  }
  return Identity{.person = std::string(person), .position = std::string(id)};
}

Admission AdmitAtAny(const CallPolicy& policy, std::string_view person,
                     const GateContext& context) {
  if (context.organisation != nullptr) {
    const Date today = DateOf(context.now, kBeijing);
    for (const Position* position : PositionsFor(person, today, *context.organisation)) {
      if (!Admits(policy, *position)) continue;
      return Identity{.person = std::string(person), .position = position->id()};
    }
  }
  return Refuse(CALL_NOT_ALLOWED, "No position that the caller holds today may call this");
}

}  // namespace

Admission Admit(const CallPolicy* policy, const CallerClaim& claim, const GateContext& context) {
  if (policy == nullptr) return Refuse(CALL_NOT_ALLOWED, "Nobody may call this");
  if (policy->access() == CallPolicy::PUBLIC) return Identity{};
  if (policy->access() != CallPolicy::STAFF)
    return Refuse(CALL_NOT_ALLOWED, "Nobody may call this");

  const auto token = BearerToken(claim.authorization);
  if (!token) return Refuse(TOKEN_MISSING, "Expected metadata \"authorization: Bearer TOKEN\"");
  const auto person = context.credentials.PersonOf(*token, context.now);
  if (!person) return Refuse(TOKEN_UNKNOWN, "The token is unknown or has expired");

  if (claim.position.empty()) return AdmitAtAny(*policy, *person, context);
  return AdmitAtPosition(*policy, *person, claim.position, context);
}

}  // namespace onewindow
