#include "services/rpc/personal.h"

#include "engine/runtime/sealed_fields.h"

namespace onewindow {

void LeaveOutPersonal(CaseRecord& record) {
  ForEachSealed(record, [](Sealed& sealed) { sealed.Clear(); });
  record.mutable_applicant()->clear_pseudonym();
}

void LeaveOutPersonal(Event& event) {
  ForEachSealed(event, [](Sealed& sealed) { sealed.Clear(); });
  if (event.has_case_submitted()) {
    event.mutable_case_submitted()->mutable_applicant()->clear_pseudonym();
  }
}

}  // namespace onewindow
