#include <string>
#include <utility>

#include "engine/casework/applicant.h"
#include "engine/casework/deciders.h"
#include "engine/casework/disclosure.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

// What is done to personal data is open to audit (Art. 54), so it says why.
std::optional<Rejection> CheckBasis(const std::string& basis) {
  if (!basis.empty()) return std::nullopt;
  return RefusedField(FIELD_MISSING, "basis", "names the provision or request that it rests on");
}

// Art. 47: what a law or regulation says must be kept is kept so long.
std::optional<Rejection> CheckRetention(const CaseRecord& current, const Context& context) {
  const Instant until = ToInstant(current.closed_at()) + context.policy.retention;
  if (context.now >= until) return std::nullopt;
  const std::string day = FormatDate(DateOf(until, kBeijing));
  Rejection rejection = Refused(RETENTION_RUNNING, current, "forget the person of",
                                "its file has to be kept until " + day);
  rejection.allowed = {"forget_person from " + day};
  return rejection;
}

// Whether the steps still to come may go elsewhere.
bool MovesRoute(const CaseRecord& before, const CaseRecord& after) {
  if (before.stage() == STAGE_ENQUIRY || before.result() != RESULT_KIND_UNSPECIFIED) return false;
  const Applicant& old = before.applicant();
  const Applicant& corrected = after.applicant();
  return old.registered_division() != corrected.registered_division() ||
         old.residence_division() != corrected.residence_division();
}

}  // namespace

Decision DecideWish(const CaseRecord& current, const ReadPersonalData&, const Context& context) {
  const Caller& caller = context.caller;
  if (!MayReadPersonal(current, caller.position(), context.organisation)) {
    return Refused(PERSONAL_DATA_NOT_YOURS, current, "read the personal data of",
                   "the position '" + caller.position() +
                       "' has no part in it, or no duty that needs them");
  }
  Plan plan(current, context);
  Event event;
  event.mutable_personal_data_read()->set_person(caller.person());
  event.mutable_personal_data_read()->set_position(caller.position());
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const CorrectPersonalData& wish,
                    const Context& context) {
  constexpr std::string_view kWish = "correct the personal data of";
  if (auto refused = CheckInCounty(current, kWish, {DATA_PROTECTION}, context)) return *refused;
  if (auto refused = CheckBasis(wish.basis())) return *refused;
  if (auto refused = CheckApplicant(wish.applicant(), "applicant")) return *refused;
  if (wish.applicant_number() > static_cast<uint32_t>(current.co_applicants_size())) {
    return RefusedField(FIELD_INVALID, "applicant_number",
                        "the case has " + std::to_string(current.co_applicants_size()) +
                            " applicants besides the first");
  }
  Plan plan(current, context);
  Event event;
  PersonalDataCorrected& corrected = *event.mutable_personal_data_corrected();
  corrected.set_applicant_number(wish.applicant_number());
  *corrected.mutable_applicant() = wish.applicant();
  corrected.set_basis(wish.basis());
  plan.Add(std::move(event));
  if (context.item != nullptr && MovesRoute(current, plan.record())) {
    if (auto refused = CheckPerformers(plan.record(), context)) return *refused;
  }
  return std::move(plan).Done();
}

// The system forgets again, after a restore, what was rightly forgotten before.
Decision DecideWish(const CaseRecord& current, const ForgetPerson& wish, const Context& context) {
  constexpr std::string_view kWish = "forget the person of";
  if (auto refused = CheckInCounty(current, kWish, {DATA_PROTECTION}, context)) return *refused;
  if (!IsSystem(context)) {
    if (current.stage() != STAGE_CLOSED) return WrongStage(current, kWish);
    if (auto refused = CheckRetention(current, context)) return *refused;
  }
  if (auto refused = CheckBasis(wish.basis())) return *refused;
  Plan plan(current, context);
  Event event;
  event.mutable_person_forgotten()->set_basis(wish.basis());
  // Not earlier than recorded, whatever the envelope says: until now the data could be read.
  plan.AddAt(context.now, std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
