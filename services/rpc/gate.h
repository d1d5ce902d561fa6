#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/casework/decision.h"
#include "onewindow/v1/policy.pb.h"

namespace onewindow {

class Credentials;
class OrganisationIndex;

// Who a call is from. Both empty for calls without login.
struct Identity {
  std::string person;
  // The position acted from: the one that the request names, or else the first on the chart that
  // the call's policy admits and the person holds, or where he stands in for its holder.
  std::string position;
};

// What a call shows of itself.
struct CallerClaim {
  // The value of "authorization"; empty: there was none.
  std::string_view authorization;
  // As the request names it; empty: none.
  std::string_view position;
};

// What the answer rests on.
struct GateContext {
  const Credentials& credentials;
  // Null before anything was published: then nobody holds anything.
  const OrganisationIndex* organisation;
  Instant now;
};

using Admission = std::variant<Identity, Rejection>;

// Whether a call may pass: the one place that every call of every service goes through, before
// anything is looked up. `policy` null: nothing was stated for the method, so it is refused.
Admission Admit(const CallPolicy* policy, const CallerClaim& claim, const GateContext& context);

}  // namespace onewindow
