#include <array>

#include "engine/clock/timestamp.h"
#include "tests/support/story/story_command.h"
#include "tests/support/story/story_fill.h"

namespace onewindow {
namespace {

void Enquire(Command& command, StoryLine& line, const CaseRecord&) {
  RecordEnquiry& wish = *command.mutable_record_enquiry();
  wish.set_item(line.TakeOr("item", ""));
  FillText(line, "question", wish.mutable_question());
  if (auto number = line.Take("document-number")) {
    wish.mutable_applicant()->mutable_document_number()->set_text(*number);
  }
  if (auto type = line.Take("document")) {
    wish.mutable_applicant()->set_document_type(
        ReadStoryEnum<Applicant::DocumentType>(line, *type));
  }
}

void PassOn(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_hand_over_enquiry(), record);
  command.mutable_hand_over_enquiry()->set_to_organisation(line.TakeOr("to", ""));
  FillText(line, "reason", command.mutable_hand_over_enquiry()->mutable_reason());
}

void Reply(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_answer_enquiry(), record);
  FillText(line, "answer", command.mutable_answer_enquiry()->mutable_answer());
}

void Accompany(Command& command, StoryLine&, const CaseRecord& record) {
  FillCase(*command.mutable_accompany_case(), record);
}

void Urge(Command& command, StoryLine& line, const CaseRecord& record) {
  FillTask(*command.mutable_urge_case(), line, record);
  FillText(line, "note", command.mutable_urge_case()->mutable_note());
}

void Order(Command& command, StoryLine& line, const CaseRecord& record) {
  OrderSupervision& wish = *command.mutable_order_supervision();
  FillTask(wish, line, record);
  FillText(line, "order", wish.mutable_order());
  if (auto until = line.Take("reply-by")) {
    *wish.mutable_reply_by() = ToTimestamp(ReadStoryTime(line, *until));
  }
}

void AnswerOrder(Command& command, StoryLine& line, const CaseRecord& record) {
  AnswerSupervisionOrder& wish = *command.mutable_answer_supervision_order();
  FillCase(wish, record);
  wish.set_order_id(ReadStoryNumber(line, line.TakeOr("order", "1")));
  FillText(line, "answer", wish.mutable_answer());
}

void ReadPersonal(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_read_personal_data(), record);
  if (const auto file = line.Take("file")) {
    command.mutable_read_personal_data()->set_attachment(StoryAddress(*file));
  }
}

void CorrectPersonal(Command& command, StoryLine& line, const CaseRecord& record) {
  CorrectPersonalData& wish = *command.mutable_correct_personal_data();
  FillCase(wish, record);
  wish.set_applicant_number(ReadStoryNumber(line, line.TakeOr("number", "0")));
  FillApplicant(*wish.mutable_applicant(), line);
  FillText(line, "basis", wish.mutable_basis());
}

void Forget(Command& command, StoryLine& line, const CaseRecord& record) {
  ForgetPerson& wish = *command.mutable_forget_person();
  FillCase(wish, record);
  if (const auto basis = line.Take("basis")) {
    wish.set_basis(ReadStoryEnum<ForgetPerson::Basis>(line, *basis));
  }
  wish.set_paper(line.TakeOr("paper", ""));
}

void HandDown(Command& command, StoryLine& line, const CaseRecord& record) {
  HandDownTask& wish = *command.mutable_hand_down_task();
  FillTask(wish, line, record);
  wish.set_to_organisation(line.TakeOr("to", ""));
  FillText(line, "reason", wish.mutable_reason());
}

// Terms that the story leaves out are there all the same, unless it says "none".
std::string ReadTerm(StoryLine& line, const std::string& key) {
  std::string value = line.TakeOr(key, key);
  return value == "none" ? "" : value;
}

void FillTerms(AssistTerms& terms, StoryLine& line) {
  terms.set_basis(ReadTerm(line, "basis"));
  terms.set_authority(ReadTerm(line, "authority"));
  terms.set_funding(ReadTerm(line, "funding"));
  terms.set_support(ReadTerm(line, "support"));
  if (auto deadline = line.Take("deadline")) {
    *terms.mutable_deadline() = ToTimestamp(ReadStoryTime(line, *deadline));
  }
}

void AskForAssistance(Command& command, StoryLine& line, const CaseRecord& record) {
  RequestAssistance& wish = *command.mutable_request_assistance();
  FillTask(wish, line, record);
  wish.set_to_organisation(line.TakeOr("to", ""));
  FillTerms(*wish.mutable_terms(), line);
}

void AnswerAssist(Command& command, StoryLine& line, const CaseRecord& record) {
  AnswerAssistance& wish = *command.mutable_answer_assistance();
  FillCase(wish, record);
  wish.set_assist_id(ReadStoryNumber(line, line.TakeOr("assist", "1")));
  wish.set_answer(
      ReadStoryEnum<AnswerAssistance::Answer>(line, line.TakeOr("as", "answer-unspecified")));
  FillText(line, "reason", wish.mutable_reason());
  if (wish.answer() == AnswerAssistance::COUNTER_PROPOSE) FillTerms(*wish.mutable_terms(), line);
}

constexpr std::array kVerbs = {
    StoryVerb{"enquire", "recorded", Enquire},
    StoryVerb{"pass-on", "passed-on", PassOn},
    StoryVerb{"reply", "replied", Reply},
    StoryVerb{"accompany", "accompanied", Accompany},
    StoryVerb{"urge", "urged", Urge},
    StoryVerb{"order", "ordered", Order},
    StoryVerb{"answer-order", "answered", AnswerOrder},
    StoryVerb{"read-personal", "read", ReadPersonal},
    StoryVerb{"correct-personal", "corrected", CorrectPersonal},
    StoryVerb{"forget", "forgotten", Forget},
    StoryVerb{"hand-down", "handed-down", HandDown},
    StoryVerb{"request-assistance", "asked", AskForAssistance},
    StoryVerb{"answer-assistance", "answered", AnswerAssist}};

}  // namespace

std::span<const StoryVerb> PartnerVerbs() { return kVerbs; }

}  // namespace onewindow
