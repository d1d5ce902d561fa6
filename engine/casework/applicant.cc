#include "engine/casework/applicant.h"

#include <string>
#include <string_view>

#include "engine/casework/rejections.h"
#include "engine/casework/sealed_text.h"
#include "engine/casework/tasks.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {
namespace {

// The field of the submission that says where the place is.
std::string_view FieldOfPlace(Performer::Place place) {
  if (place == Performer::TOWNSHIP_OF_REGISTRATION || place == Performer::COUNTY_OF_REGISTRATION) {
    return "applicant.registered_division";
  }
  if (place == Performer::TOWNSHIP_OF_RESIDENCE || place == Performer::COUNTY_OF_RESIDENCE) {
    return "applicant.residence_division";
  }
  return "item";
}

}  // namespace

std::optional<Rejection> CheckApplicant(const Applicant& applicant, const std::string& field) {
  if (applicant.kind() == Applicant::KIND_UNSPECIFIED) {
    return RefusedField(FIELD_MISSING, field + ".kind", "says what kind of applicant it is");
  }
  if (IsBlank(applicant.name())) {
    return RefusedField(FIELD_MISSING, field + ".name", "is required");
  }
  if (IsBlank(applicant.document_number())) {
    return RefusedField(FIELD_MISSING, field + ".document_number", "is required");
  }
  if (applicant.document_type() == Applicant::DOCUMENT_TYPE_UNSPECIFIED) {
    return RefusedField(FIELD_MISSING, field + ".document_type", "says what document it is");
  }
  return std::nullopt;
}

std::optional<Rejection> CheckPerformers(const CaseRecord& sketch, const Context& context) {
  for (const Leg& leg : context.item->route().legs()) {
    for (const Branch& branch : leg.branches()) {
      for (const Step& step : branch.steps()) {
        if (PerformerOf(step, sketch, context.organisation) != nullptr) continue;
        return RefusedField(
            PERFORMER_NOT_FOUND, FieldOfPlace(step.performer().place()),
            "no organisation performs the step '" + step.id() + "' (" + step.name() + ")");
      }
    }
  }
  return std::nullopt;
}

}  // namespace onewindow
