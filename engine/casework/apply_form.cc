#include "engine/casework/apply_form.h"

#include <algorithm>

#include "engine/casework/appliers.h"

namespace onewindow {

void MergeForm(google::protobuf::RepeatedPtrField<FormField>& form,
               const google::protobuf::RepeatedPtrField<FormField>& corrected) {
  for (const FormField& field : corrected) {
    const auto known = std::find_if(
        form.begin(), form.end(), [&](const FormField& one) { return one.name() == field.name(); });
    if (known == form.end()) {
      *form.Add() = field;
    } else {
      *known = field;
    }
  }
}

void ApplyFact(CaseRecord& record, const ConditionsDecided& fact, EventAt) {
  *record.mutable_verdicts() = fact.verdicts();
}

}  // namespace onewindow
