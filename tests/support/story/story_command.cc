#include "tests/support/story/story_command.h"

#include <algorithm>
#include <array>

#include "engine/casework/paper_number.h"
#include "engine/clock/timestamp.h"
#include "tests/support/story/story_fill.h"

namespace onewindow {
namespace {

// "mandate=2": which of the case's whoever stands at the window shows.
template <typename Wish>
void FillShownMandate(Wish& wish, StoryLine& line) {
  wish.set_mandate_id(ReadStoryNumber(line, line.TakeOr("mandate", "0")));
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

// "form=area:120,use:shop"; "area:" leaves the field empty.
template <typename Wish>
void FillForm(Wish& wish, StoryLine& line) {
  for (const std::string& text : SplitList(line.TakeOr("form", ""))) {
    FormField& field = *wish.add_form();
    const size_t colon = std::min(text.find(':'), text.size());
    field.set_name(text.substr(0, colon));
    field.mutable_value()->set_text(text.substr(std::min(colon + 1, text.size())));
  }
}

// "paper=P1@east-window": number P1 of the desks of that position.
void FillPaper(SubmitCase& wish, const std::string& paper) {
  const size_t at = paper.find('@');
  ExternalNumber& number = *wish.add_external_numbers();
  number.set_system(DeskSystem(paper.substr(at + 1)));
  number.set_number(paper.substr(0, at));
}

void Submit(Command& command, StoryLine& line, const CaseRecord&) {
  SubmitCase& wish = *command.mutable_submit_case();
  wish.set_item(line.TakeOr("item", ""));
  FillApplicant(*wish.mutable_applicant(), line);
  FillCoApplicants(wish, line);
  FillForm(wish, line);
  FillMaterials(wish, line);
  for (const std::string& id : SplitList(line.TakeOr("originals", ""))) wish.add_originals(id);
  if (auto kind = line.Take("mandate")) {
    wish.mutable_mandate()->set_kind(ReadStoryEnum<Mandate::Kind>(line, *kind));
    FillMandate(*wish.mutable_mandate(), line);
  }
  if (auto mode = line.Take("delivery")) {
    wish.set_delivery_mode(ReadStoryEnum<DeliveryMode>(line, *mode));
  }
  if (auto paper = line.Take("paper")) FillPaper(wish, *paper);
  wish.set_taken_in_by(line.TakeOr("taken-in-by", ""));
  wish.set_delivery_point(line.TakeOr("collected-at", ""));
  wish.set_priority(ReadStoryNumber(line, line.TakeOr("priority", "0")));
  if (auto deadline = line.Take("deadline")) {
    *wish.mutable_imported_deadline() = ToTimestamp(ReadStoryTime(line, *deadline));
  }
}

void Correct(Command& command, StoryLine& line, const CaseRecord& record) {
  CorrectCase& wish = *command.mutable_correct_case();
  FillCase(wish, record);
  FillForm(wish, line);
  FillMaterials(wish, line);
  auto field = line.Take("field");
  if (!field) return;
  FormField& named = *wish.add_form();
  named.set_name(*field);
  named.mutable_value()->set_text(line.TakeOr("value", "value"));
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
  FillShownMandate(*command.mutable_receive_materials(), line);
}

void Withdraw(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_withdraw_case(), record);
  FillText(line, "reason", command.mutable_withdraw_case()->mutable_reason());
  FillShownMandate(*command.mutable_withdraw_case(), line);
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
  FillShownMandate(wish, line);
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

void AttachIt(Command& command, StoryLine& line, const CaseRecord& record) {
  FillCase(*command.mutable_attach_file(), record);
  Attachment& attachment = *command.mutable_attach_file()->mutable_attachment();
  attachment.set_id(line.TakeOr("id", StoryAddress(line.TakeOr("file", "scan"))));
  const auto content = line.Take("content");
  attachment.set_content_mac(content ? StoryAddress(*content) : attachment.id());
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
    StoryVerb{"attach", "attached", AttachIt}};

}  // namespace

const StoryVerb* FindStoryVerb(std::string_view word) {
  for (const StoryVerb& verb : kVerbs) {
    if (verb.word == word) return &verb;
  }
  for (const StoryVerb& verb : PartnerVerbs()) {
    if (verb.word == word) return &verb;
  }
  return nullptr;
}

}  // namespace onewindow
