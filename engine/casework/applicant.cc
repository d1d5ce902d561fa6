#include "engine/casework/applicant.h"

#include <string>

#include "engine/casework/rejections.h"
#include "engine/casework/sealed_text.h"
#include "engine/casework/tasks.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

std::optional<Rejection> CheckApplicant(const Applicant& applicant) {
  if (applicant.kind() == Applicant::KIND_UNSPECIFIED) {
    return RefusedField(FIELD_MISSING, "applicant.kind", "says what kind of applicant it is");
  }
  if (IsBlank(applicant.name()))
    return RefusedField(FIELD_MISSING, "applicant.name", "is required");
  if (IsBlank(applicant.document_number())) {
    return RefusedField(FIELD_MISSING, "applicant.document_number", "is required");
  }
  if (applicant.document_type() == Applicant::DOCUMENT_TYPE_UNSPECIFIED) {
    return RefusedField(FIELD_MISSING, "applicant.document_type", "says what document it is");
  }
  return std::nullopt;
}

std::optional<Rejection> CheckPerformers(const CaseRecord& sketch, const Context& context) {
  for (const Leg& leg : context.item->route().legs()) {
    for (const Branch& branch : leg.branches()) {
      for (const Step& step : branch.steps()) {
        if (PerformerOf(step, sketch, context.organisation) != nullptr) continue;
        Performer::Place place = step.performer().place();
        std::string field = "item";
        if (place == Performer::TOWNSHIP_OF_REGISTRATION) field = "applicant.registered_division";
        if (place == Performer::TOWNSHIP_OF_RESIDENCE) field = "applicant.residence_division";
        return RefusedField(
            PERFORMER_NOT_FOUND, field,
            "no organisation performs the step '" + step.id() + "' (" + step.name() + ")");
      }
    }
  }
  return std::nullopt;
}

}  // namespace onewindow
