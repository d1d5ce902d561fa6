#include <algorithm>
#include <string>
#include <utility>

#include "engine/casework/applicant.h"
#include "engine/casework/attachments.h"
#include "engine/casework/deciders.h"
#include "engine/casework/disclosure.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

constexpr size_t kPaperBytesMax = 64;
// A phone number has 11, an identity number more.
constexpr auto kPaperDigitsMax = 10;

// What is done to personal data is open to audit (Art. 54), so it says why.
Rejection BasisMissing() {
  return RefusedField(FIELD_MISSING, "basis", "names the provision or request that it rests on");
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Who is forgotten must not live on in the reason for it.
std::optional<Rejection> CheckPaper(const std::string& paper) {
  const bool has_space = std::ranges::any_of(paper, [](unsigned char c) { return c <= ' '; });
  if (paper.size() <= kPaperBytesMax && !has_space &&
      std::ranges::count_if(paper, IsDigit) <= kPaperDigitsMax) {
    return std::nullopt;
  }
  return RefusedField(FIELD_INVALID, "paper",
                      "a paper's number has at most 64 bytes, no spaces and at most 10 digits");
}

// That the log was told once before is nothing that people can say.
std::optional<Rejection> CheckBasis(const ForgetPerson& wish, const Context& context) {
  const bool is_known =
      ForgetPerson::Basis_IsValid(wish.basis()) && wish.basis() != ForgetPerson::BASIS_UNSPECIFIED;
  if (!is_known) return BasisMissing();
  if (wish.basis() == ForgetPerson::FORGOTTEN_BEFORE && !IsSystem(context)) {
    return RefusedField(FIELD_INVALID, "basis", "is for the system, after a restore");
  }
  return CheckPaper(wish.paper());
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

Decision DecideWish(const CaseRecord& current, const ReadPersonalData& wish,
                    const Context& context) {
  const Caller& caller = context.caller;
  if (!MayReadPersonal(current, caller.position(), context.organisation)) {
    return Refused(PERSONAL_DATA_NOT_YOURS, current, "read the personal data of",
                   "the position '" + caller.position() +
                       "' has no part in it, or no duty that needs them");
  }
  if (!wish.attachment().empty() && FindAttachment(current, wish.attachment()) == nullptr) {
    return RefusedField(ATTACHMENT_NOT_FOUND, "attachment", "the case has no such file");
  }
  Plan plan(current, context);
  Event event;
  PersonalDataRead& read = *event.mutable_personal_data_read();
  read.set_person(caller.person());
  read.set_position(caller.position());
  read.set_attachment(wish.attachment());
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const CorrectPersonalData& wish,
                    const Context& context) {
  constexpr std::string_view kWish = "correct the personal data of";
  if (auto refused = CheckInCounty(current, kWish, {DATA_PROTECTION}, context)) return *refused;
  if (IsBlank(wish.basis())) return BasisMissing();
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
  *corrected.mutable_basis() = wish.basis();
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
  if (auto refused = CheckBasis(wish, context)) return *refused;
  Plan plan(current, context);
  Event event;
  event.mutable_person_forgotten()->set_basis(wish.basis());
  event.mutable_person_forgotten()->set_paper(wish.paper());
  // Not earlier than recorded, whatever the envelope says: until now the data could be read.
  plan.AddAt(context.now, std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
