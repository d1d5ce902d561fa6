#include "services/rpc/personal.h"

#include "engine/runtime/sealed_fields.h"

namespace onewindow {
namespace {

// Of whatever has an applicant, and perhaps others beside him.
template <typename Holder>
void ClearPseudonyms(Holder& holder) {
  holder.mutable_applicant()->clear_pseudonym();
  if constexpr (requires { holder.mutable_co_applicants(); }) {
    for (Applicant& applicant : *holder.mutable_co_applicants()) applicant.clear_pseudonym();
  }
}

}  // namespace

void LeaveOutPseudonyms(CaseRecord& record) { ClearPseudonyms(record); }

void LeaveOutPersonal(CaseRecord& record) {
  ForEachSealed(record, [](Sealed& sealed) { sealed.Clear(); });
  ClearPseudonyms(record);
}

void LeaveOutPersonal(Event& event) {
  ForEachSealed(event, [](Sealed& sealed) { sealed.Clear(); });
  if (event.has_case_submitted()) ClearPseudonyms(*event.mutable_case_submitted());
  if (event.has_enquiry_recorded()) ClearPseudonyms(*event.mutable_enquiry_recorded());
  if (event.has_personal_data_corrected()) {
    ClearPseudonyms(*event.mutable_personal_data_corrected());
  }
}

}  // namespace onewindow
