#include "engine/runtime/prepare.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/base/limits.h"
#include "engine/casework/context.h"
#include "engine/casework/identity_number.h"
#include "engine/casework/visit.h"
#include "engine/runtime/refusals.h"
#include "engine/runtime/sealed_fields.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

constexpr size_t kKeysKept = 16384;

bool IsPrintable(char character) { return character > ' ' && character <= '~'; }

std::optional<Rejection> CheckRequestId(std::string_view person, const std::string& request_id) {
  constexpr const char* kField = "envelope.request_id";
  if (request_id.empty()) {
    if (person == kSystemPerson) return std::nullopt;
    return RuntimeRejection(FIELD_MISSING, "Expected a request id, but it is empty", kField);
  }
  if (request_id.size() > kRequestIdBytesMax || !std::ranges::all_of(request_id, IsPrintable)) {
    return RuntimeRejection(FIELD_INVALID,
                            "Expected a request id of at most " +
                                std::to_string(kRequestIdBytesMax) + " printable characters",
                            kField);
  }
  return std::nullopt;
}

// What the log entry itself says is taken out of the request.
Submission TakeApart(std::string_view person, Command command) {
  Submission submission;
  submission.case_id = CaseId{CaseIdOf(command)};
  Envelope& envelope = MutableEnvelopeOf(command);
  Caller& caller = submission.caller;
  caller.set_person(std::string(person));
  caller.set_position(std::move(*envelope.mutable_position()));
  caller.set_on_behalf_of(std::move(*envelope.mutable_on_behalf_of()));
  caller.set_channel(envelope.channel());
  submission.request_id = std::move(*envelope.mutable_request_id());
  submission.etag = std::move(*envelope.mutable_etag());
  if (envelope.validate_only()) submission.intent = Intent::kValidateOnly;

  Envelope kept;
  if (envelope.has_occurred_at()) kept.mutable_occurred_at()->Swap(envelope.mutable_occurred_at());
  envelope.Swap(&kept);
  submission.command = std::move(command);
  return submission;
}

// What an applicant is searched by, and whether his number looks like a slip, is ours to say,
// whatever the request has there.
void Look(Applicant& applicant, const Vault& vault, Date today) {
  applicant.set_document_doubtful(IsDoubtful(applicant, today));
  applicant.clear_pseudonym();
  if (applicant.document_number().text().empty()) return;
  applicant.set_pseudonym(
      vault.Pseudonym(applicant.document_type(), applicant.document_number().text()));
}

// Of the case or enquiry that the command opens; none where it opens none.
std::vector<Applicant*> NewApplicants(Command& command) {
  if (command.has_record_enquiry()) return {command.mutable_record_enquiry()->mutable_applicant()};
  if (!command.has_submit_case()) return {};
  SubmitCase& wish = *command.mutable_submit_case();
  std::vector<Applicant*> applicants = {wish.mutable_applicant()};
  for (Applicant& other : *wish.mutable_co_applicants()) applicants.push_back(&other);
  return applicants;
}

// The key is known here, and the form that it opens only when the command's turn comes.
void LetOpenForm(Submission& submission, const SecretKey& key, const Vault& vault) {
  if (!submission.command.has_submit_case() && !submission.command.has_correct_case()) return;
  submission.open_field = [&vault, key](FormField& field) { return vault.Unseal(key, field); };
}

void SealNewCase(Submission& submission, const std::vector<Applicant*>& applicants,
                 const Vault& vault, Date today) {
  for (Applicant* applicant : applicants) Look(*applicant, vault, today);
  const SecretKey key = vault.NewKey();
  submission.wrapped_key = vault.Wrap(key);
  vault.Seal(key, submission.command);
  LetOpenForm(submission, key, vault);
}

bool HasTexts(Command& command) {
  bool any = false;
  ForEachSealed(command, [&any](Sealed& sealed) { any |= sealed.has_text(); });
  return any;
}

// Without a key there is nothing to seal with. The deciders then say whether the case does not
// exist or the caller may not know.
Status SealWish(Submission& submission, const Vault& vault, CaseKeys& keys, Date today) {
  if (submission.command.has_correct_personal_data()) {
    Look(*submission.command.mutable_correct_personal_data()->mutable_applicant(), vault, today);
  }
  // A field that a correction empties has no text, and the others are opened all the same.
  const bool has_form = !submission.command.correct_case().form().empty();
  if (!HasTexts(submission.command) && !has_form) return {};
  Result<SecretKey> key = keys.Find(submission.case_id);
  if (key.ok()) {
    vault.Seal(key.value(), submission.command);
    LetOpenForm(submission, key.value(), vault);
  } else if (key.fault().kind == FaultKind::kNotFound) {
    ForEachSealed(submission.command, [](Sealed& sealed) { sealed.clear_content(); });
  } else {
    return key.fault();
  }
  return {};
}

}  // namespace

Result<SecretKey> CaseKeys::Find(CaseId case_id) {
  {
    std::lock_guard lock(mutex_);
    if (const auto found = found_.find(case_id); found != found_.end()) {
      entries_.splice(entries_.begin(), entries_, found->second);
      return found->second->key;
    }
  }
  Result<std::optional<std::string>> wrapped = store_->Get(families::kKeys, CaseKey(case_id));
  if (!wrapped.ok()) return wrapped.fault();
  if (!wrapped.value()) {
    return Fault{FaultKind::kNotFound, "case " + std::to_string(case_id.value) + " has no key"};
  }
  Result<SecretKey> key = vault_->Unwrap(*wrapped.value());
  if (key.ok()) Remember(case_id, key.value());
  return key;
}

void CaseKeys::Remember(CaseId case_id, const SecretKey& key) {
  std::lock_guard lock(mutex_);
  if (found_.contains(case_id) || forgotten_.contains(case_id)) return;
  entries_.push_front({.case_id = case_id, .key = key});
  found_[case_id] = entries_.begin();
  if (entries_.size() <= kKeysKept) return;
  found_.erase(entries_.back().case_id);
  entries_.pop_back();
}

void CaseKeys::Forget(CaseId case_id) {
  std::lock_guard lock(mutex_);
  forgotten_.insert(case_id);
  const auto found = found_.find(case_id);
  if (found == found_.end()) return;
  entries_.erase(found->second);
  found_.erase(found);
}

Prepared PrepareSubmission(std::string_view person, Command command, const Vault& vault,
                           CaseKeys& keys, Instant now) {
  if (command.wish_case() == Command::WISH_NOT_SET) {
    return Fault{FaultKind::kInvalid, "a command without a wish"};
  }
  // A newer client's fields could be personal, and we would not know to seal them.
  command.DiscardUnknownFields();
  if (auto rejection = CheckRequestId(person, EnvelopeOf(command).request_id())) return *rejection;
  if (const auto violation = CheckTexts(command)) {
    // The path begins with the name of the wish, which the request message does not have.
    return RuntimeRejection(FIELD_INVALID, violation->text,
                            violation->field.substr(violation->field.find('.') + 1));
  }

  std::string body_hash = vault.BodyHash(command);
  Submission submission = TakeApart(person, std::move(command));
  submission.body_hash = std::move(body_hash);
  // A reading is decided and recorded each time: the right to it may have ended since.
  if (submission.command.has_read_personal_data()) submission.request_id.clear();
  const Date today = DateOf(now, kBeijing);
  const std::vector<Applicant*> applicants = NewApplicants(submission.command);
  if (!applicants.empty()) {
    SealNewCase(submission, applicants, vault, today);
  } else if (Status sealed = SealWish(submission, vault, keys, today); !sealed.ok()) {
    return sealed.fault();
  }
  return submission;
}

}  // namespace onewindow
