#include "engine/base/check.h"
#include "engine/casework/appliers.h"

namespace onewindow {

void ApplyFact(CaseRecord& record, const PersonalDataCorrected& fact, EventAt) {
  const int number = static_cast<int>(fact.applicant_number());
  CHECK(number <= record.co_applicants_size()) << record.id();
  if (number == 0) {
    *record.mutable_applicant() = fact.applicant();
  } else {
    *record.mutable_co_applicants(number - 1) = fact.applicant();
  }
}

// The boxes stay: with the case's key they have become noise.
void ApplyFact(CaseRecord& record, const PersonForgotten&, EventAt when) {
  *record.mutable_forgotten_at() = when.at;
  record.mutable_applicant()->clear_pseudonym();
  for (Applicant& applicant : *record.mutable_co_applicants()) applicant.clear_pseudonym();
}

}  // namespace onewindow
