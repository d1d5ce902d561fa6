#include "tests/support/story/story_fill.h"

namespace onewindow {

void FillApplicant(Applicant& applicant, StoryLine& line) {
  applicant.set_kind(
      ReadStoryEnum<Applicant::Kind>(line, line.TakeOr("applicant", "natural-person")));
  FillText(line, "name", applicant.mutable_name());
  applicant.set_document_type(
      ReadStoryEnum<Applicant::DocumentType>(line, line.TakeOr("document", "identity-number")));
  FillText(line, "document-number", applicant.mutable_document_number());
  applicant.set_registered_division(line.TakeOr("registered", "510121001000"));
  applicant.set_residence_division(line.TakeOr("residence", "510121001000"));
  GivePseudonym(applicant);
}

std::string StoryAddress(const std::string& name) {
  std::string address;
  for (const char c : name) {
    address += "0123456789abcdef"[(c >> 4) & 15];
    address += "0123456789abcdef"[c & 15];
  }
  address.resize(64, '0');
  return address;
}

}  // namespace onewindow
