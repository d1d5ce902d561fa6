#include "tests/support/story/story_command.h"

#include <array>

#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

// Free text that the story leaves out is there all the same, unless it says "none".
void FillText(StoryLine& line, const std::string& key, Sealed* text) {
  std::string value = line.TakeOr(key, "text of " + key);
  if (value != "none") text->set_text(value);
}

template <typename Wish>
void FillCase(Wish& wish, const CaseRecord& record) {
  wish.set_case_id(record.id());
}

// "task=3", or "step=review" for the open task of that step.
template <typename Wish>
void FillTask(Wish& wish, StoryLine& line, const CaseRecord& record) {
  FillCase(wish, record);
  if (auto id = line.Take("task")) wish.set_task_id(ReadStoryNumber(line, *id));
  auto step = line.Take("step");
  if (!step) return;
  for (const Task& task : record.tasks()) {
    if (task.step() == *step) wish.set_task_id(task.id());
  }
  if (wish.task_id() == 0) line.Fail("no open task is at the step '" + *step + "'");
}

template <typename Wish>
void FillMaterials(Wish& wish, StoryLine& line) {
  for (const std::string& id : SplitList(line.TakeOr("materials", ""))) wish.add_materials(id);
}

// Who has the same document number has the same pseudonym, as in the engine.
void GivePseudonym(Applicant& applicant) {
  applicant.set_pseudonym(applicant.document_number().text());
}

// "helper=he scopes=may-submit,may-collect until=2025-12-31 fee=100", of a mandate of known kind.
void FillMandate(Mandate& mandate, StoryLine& line) {
  mandate.set_helper(line.TakeOr("helper", ""));
  if (mandate.kind() == Mandate::OWN_AGENT) {
    FillText(line, "agent", mandate.mutable_agent_name());
    FillText(line, "agent-number", mandate.mutable_agent_document_number());
  }
  for (const std::string& scope : SplitList(line.TakeOr("scopes", ""))) {
    mandate.add_scopes(ReadStoryEnum<Mandate::Scope>(line, scope));
  }
  mandate.set_until(line.TakeOr("until", "2025-12-31"));
  mandate.set_fee_fen(ReadStoryNumber(line, line.TakeOr("fee", "0")));
}

// "co-applicants=A,B": further persons with these document numbers.
void FillCoApplicants(SubmitCase& wish, StoryLine& line) {
  for (const std::string& number : SplitList(line.TakeOr("co-applicants", ""))) {
    Applicant& applicant = *wish.add_co_applicants();
    applicant.set_kind(Applicant::NATURAL_PERSON);
    applicant.set_document_type(Applicant::IDENTITY_NUMBER);
    applicant.mutable_name()->set_text("name of " + number);
    if (number != "none") applicant.mutable_document_number()->set_text(number);
    GivePseudonym(applicant);
  }
}

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

void Submit(Command& command, StoryLine& line, const CaseRecord&) {
  SubmitCase& wish = *command.mutable_submit_case();
  wish.set_item(line.TakeOr("item", ""));
  FillApplicant(*wish.mutable_applicant(), line);
  FillCoApplicants(wish, line);
  FillMaterials(wish, line);
  for (const std::string& id : SplitList(line.TakeOr("originals", ""))) wish.add_originals(id);
  if (auto kind = line.Take("mandate")) {
    wish.mutable_mandate()->set_kind(ReadStoryEnum<Mandate::Kind>(line, *kind));
    FillMandate(*wish.mutable_mandate(), line);
  }
  if (auto mode = line.Take("delivery")) {
    wish.set_delivery_mode(ReadStoryEnum<DeliveryMode>(line, *mode));
  }
  wish.set_delivery_point(line.TakeOr("collected-at", ""));
  wish.set_priority(ReadStoryNumber(line, line.TakeOr("priority", "0")));
  if (auto deadline = line.Take("deadline")) {
    *wish.mutable_imported_deadline() = ToTimestamp(ReadStoryTime(line, *deadline));
  }
}

void Correct(Command& command, StoryLine& line, const CaseRecord& record) {
  CorrectCase& wish = *command.mutable_correct_case();
  FillCase(wish, record);
  FillMaterials(wish, line);
  auto field = line.Take("field");
  if (!field) return;
  wish.add_form()->set_name(*field);
  wish.mutable_form(0)->mutable_value()->set_text(line.TakeOr("value", "value"));
}

void Accept(Command& command, StoryLine&, const CaseRecord& record) {
  FillCase(*command.mutable_accept_case(), record);
}

void Refuse(Command& command, StoryLine& line, const CaseRecord& record) {
  RefuseCase& wish = *command.mutable_refuse_case();
  FillCase(wish, record);
  wish.set_result(ReadStoryEnum<ResultKind>(line, line.TakeOr("as", "not-competent")));
  FillText(line, "reason", wish.mutable_reason());
  FillText(line, "remedies", wish.mutable_remedies());
  wish.set_competent_organ(line.TakeOr("organ", ""));
}

void AskForSupplement(Command& command, StoryLine& line, const CaseRecord& record) {
  RequestSupplement& wish = *command.mutable_request_supplement();
  FillCase(wish, record);
  FillMaterials(wish, line);
  FillText(line, "explanation", wish.mutable_explanation());
}

void BringMaterials(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_receive_materials(), record);
  FillMaterials(*command.mutable_receive_materials(), line);
}

void Withdraw(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_withdraw_case(), record);
  FillText(line, "reason", command.mutable_withdraw_case()->mutable_reason());
}

void HandOver(Command& command, StoryLine& line, const CaseRecord& record) {
  FillTask(*command.mutable_hand_over_file(), line, record);
  command.mutable_hand_over_file()->set_slip_serial(
      ReadStoryNumber(line, line.TakeOr("slip", "0")));
}

void Acknowledge(Command& command, StoryLine& line, const CaseRecord& record) {
  FillTask(*command.mutable_acknowledge_hand_over(), line, record);
}

void Claim(Command& command, StoryLine& line, const CaseRecord& record) {
  FillTask(*command.mutable_claim_task(), line, record);
  command.mutable_claim_task()->set_lease_seconds(ReadStoryNumber(line, line.TakeOr("lease", "0")));
}

void Release(Command& command, StoryLine& line, const CaseRecord& record) {
  FillTask(*command.mutable_release_task(), line, record);
}

void LengthenLease(Command& command, StoryLine& line, const CaseRecord& record) {
  FillTask(*command.mutable_extend_lease(), line, record);
  command.mutable_extend_lease()->set_lease_seconds(
      ReadStoryNumber(line, line.TakeOr("lease", "0")));
}

void Complete(Command& command, StoryLine& line, const CaseRecord& record) {
  CompleteStep& wish = *command.mutable_complete_step();
  FillTask(wish, line, record);
  wish.set_action(ReadStoryEnum<CompleteStep::Action>(line, line.TakeOr("action", "pass")));
  wish.set_return_to(line.TakeOr("to", ""));
  FillText(line, "opinion", wish.mutable_opinion());
  wish.set_second_performer(line.TakeOr("second", ""));
}

void Transfer(Command& command, StoryLine& line, const CaseRecord& record) {
  FillTask(*command.mutable_transfer_task(), line, record);
  command.mutable_transfer_task()->set_to_position(line.TakeOr("to", ""));
  FillText(line, "reason", command.mutable_transfer_task()->mutable_reason());
}

void Reassign(Command& command, StoryLine& line, const CaseRecord& record) {
  FillTask(*command.mutable_reassign_task(), line, record);
  command.mutable_reassign_task()->set_to_position(line.TakeOr("to", ""));
  FillText(line, "reason", command.mutable_reassign_task()->mutable_reason());
}

void Pause(Command& command, StoryLine& line, const CaseRecord& record) {
  PauseCase& wish = *command.mutable_pause_case();
  FillTask(wish, line, record);
  wish.set_kind(ReadStoryEnum<SpecialProcedureKind>(line, line.TakeOr("kind", "testing")));
  if (auto until = line.Take("until")) {
    *wish.mutable_expected_end() = ToTimestamp(ReadStoryTime(line, *until));
  }
}

void Resume(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_resume_case(), record);
  command.mutable_resume_case()->set_pause_id(ReadStoryNumber(line, line.TakeOr("pause", "0")));
}

void Post(Command& command, StoryLine& line, const CaseRecord& record) {
  FillTask(*command.mutable_post_notice(), line, record);
  command.mutable_post_notice()->set_place(line.TakeOr("place", "village-board"));
}

void Extend(Command& command, StoryLine& line, const CaseRecord& record) {
  ExtendLimit& wish = *command.mutable_extend_limit();
  FillCase(wish, record);
  wish.set_amount(ReadStoryNumber(line, line.TakeOr("days", "0")));
  for (const std::string& kind : SplitList(line.TakeOr("clocks", ""))) {
    wish.add_clocks(ReadStoryEnum<ClockKind>(line, kind));
  }
  FillText(line, "reason", wish.mutable_reason());
}

void DecideIt(Command& command, StoryLine& line, const CaseRecord& record) {
  DecideCase& wish = *command.mutable_decide_case();
  FillCase(wish, record);
  wish.set_result(ReadStoryEnum<ResultKind>(line, line.TakeOr("as", "granted")));
  FillText(line, "opinion", wish.mutable_opinion());
  wish.set_reported_to(line.TakeOr("to", ""));
  if (wish.result() != NOT_GRANTED) return;
  wish.set_reason_code(line.TakeOr("code", "conditions-not-met"));
  FillText(line, "reason", wish.mutable_reason());
  FillText(line, "remedies", wish.mutable_remedies());
}

void HandBack(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_hand_back_certificate(), record);
  command.mutable_hand_back_certificate()->set_certificate_number(line.TakeOr("number", ""));
}

void TakeInCertificate(Command& command, StoryLine&, const CaseRecord& record) {
  FillCase(*command.mutable_receive_certificate(), record);
}

void Deliver(Command& command, StoryLine& line, const CaseRecord& record) {
  DeliverCase& wish = *command.mutable_deliver_case();
  FillCase(wish, record);
  wish.set_mode(ReadStoryEnum<DeliveryMode>(line, line.TakeOr("mode", "at-window")));
  if (auto taker = line.Take("taker")) {
    wish.set_taker(ReadStoryEnum<DeliverCase::Taker>(line, *taker));
  }
  if (auto name = line.Take("name")) wish.mutable_taker_name()->set_text(*name);
  if (auto number = line.Take("number")) wish.mutable_taker_document_number()->set_text(*number);
  wish.set_tracking_number(line.TakeOr("tracking", ""));
}

void Close(Command& command, StoryLine&, const CaseRecord& record) {
  FillCase(*command.mutable_close_case(), record);
}

void Grant(Command& command, StoryLine& line, const CaseRecord& record) {
  GrantMandate& wish = *command.mutable_grant_mandate();
  FillCase(wish, record);
  if (line.HasMoreWords()) {
    wish.mutable_mandate()->set_kind(ReadStoryEnum<Mandate::Kind>(line, line.NextWord()));
  }
  FillMandate(*wish.mutable_mandate(), line);
}

void EndIt(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_end_mandate(), record);
  command.mutable_end_mandate()->set_mandate_id(ReadStoryNumber(line, line.TakeOr("mandate", "1")));
}

void GiveBack(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_return_originals(), record);
  FillMaterials(*command.mutable_return_originals(), line);
  FillText(line, "taker", command.mutable_return_originals()->mutable_taker_name());
}

void NoteWork(Command& command, StoryLine& line, const CaseRecord& record) {
  RecordAdHocStep& wish = *command.mutable_record_ad_hoc_step();
  FillCase(wish, record);
  wish.set_name(line.TakeOr("name", ""));
  wish.set_person(line.TakeOr("person", ""));
  wish.set_position(line.TakeOr("position", ""));
  if (auto mark = line.Take("mark")) {
    wish.set_mark(ReadStoryEnum<RecordAdHocStep::Mark>(line, *mark));
  }
}

// A file's address follows from its name, as in life from its content.
std::string StoryAddress(const std::string& name) {
  std::string address;
  for (const char c : name) {
    address += "0123456789abcdef"[(c >> 4) & 15];
    address += "0123456789abcdef"[c & 15];
  }
  address.resize(64, '0');
  return address;
}

void AttachIt(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_attach_file(), record);
  Attachment& attachment = *command.mutable_attach_file()->mutable_attachment();
  attachment.set_id(line.TakeOr("id", StoryAddress(line.TakeOr("file", "scan"))));
  attachment.set_material(line.TakeOr("material", ""));
  attachment.set_media_type(line.TakeOr("type", "application/pdf"));
  attachment.set_bytes(ReadStoryNumber(line, line.TakeOr("bytes", "1000")));
  FillText(line, "name", attachment.mutable_name());
}

void Resolve(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_resolve_incident(), record);
  command.mutable_resolve_incident()->set_explanation(line.TakeOr("explanation", ""));
}

void FireDueAlarms(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_fire_alarms(), record);
  *command.mutable_fire_alarms()->mutable_until() =
      ToTimestamp(ReadStoryTime(line, line.TakeOr("until", "")));
}

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

void ReadPersonal(Command& command, StoryLine&, const CaseRecord& record) {
  FillCase(*command.mutable_read_personal_data(), record);
}

void CorrectPersonal(Command& command, StoryLine& line, const CaseRecord& record) {
  CorrectPersonalData& wish = *command.mutable_correct_personal_data();
  FillCase(wish, record);
  wish.set_applicant_number(ReadStoryNumber(line, line.TakeOr("number", "0")));
  FillApplicant(*wish.mutable_applicant(), line);
  wish.set_basis(line.TakeOr("basis", ""));
}

void Forget(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_forget_person(), record);
  command.mutable_forget_person()->set_basis(line.TakeOr("basis", ""));
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
    StoryVerb{"submit", "received", Submit},
    StoryVerb{"correct", "corrected", Correct},
    StoryVerb{"accept", "accepted", Accept},
    StoryVerb{"refuse", "turned-away", Refuse},
    StoryVerb{"request-supplement", "supplement-requested", AskForSupplement},
    StoryVerb{"receive-materials", "materials-received", BringMaterials},
    StoryVerb{"withdraw", "withdrawn", Withdraw},
    StoryVerb{"hand-over", "handed-over", HandOver},
    StoryVerb{"acknowledge", "acknowledged", Acknowledge},
    StoryVerb{"claim", "claimed", Claim},
    StoryVerb{"release", "released", Release},
    StoryVerb{"extend-lease", "lease-extended", LengthenLease},
    StoryVerb{"complete", "completed", Complete},
    StoryVerb{"transfer", "transferred", Transfer},
    StoryVerb{"reassign", "reassigned", Reassign},
    StoryVerb{"pause", "paused", Pause},
    StoryVerb{"resume", "resumed", Resume},
    StoryVerb{"post-notice", "posted", Post},
    StoryVerb{"extend", "extended", Extend},
    StoryVerb{"decide", "decided", DecideIt},
    StoryVerb{"hand-back", "handed-back", HandBack},
    StoryVerb{"receive-certificate", "ready", TakeInCertificate},
    StoryVerb{"deliver", "delivered", Deliver},
    StoryVerb{"close", "closed", Close},
    StoryVerb{"grant-mandate", "mandate-granted", Grant},
    StoryVerb{"end-mandate", "mandate-ended", EndIt},
    StoryVerb{"return-originals", "originals-returned", GiveBack},
    StoryVerb{"note-work", "noted", NoteWork},
    StoryVerb{"resolve", "resolved", Resolve},
    StoryVerb{"fire-alarms", "fired", FireDueAlarms},
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
    StoryVerb{"answer-assistance", "answered", AnswerAssist},

    StoryVerb{"attach", "attached", AttachIt}};

}  // namespace

const StoryVerb* FindStoryVerb(std::string_view word) {
  for (const StoryVerb& verb : kVerbs) {
    if (verb.word == word) return &verb;
  }
  return nullptr;
}

}  // namespace onewindow
