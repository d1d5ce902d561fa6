#include "tests/engine/casework/any_fields.h"

#include <rapidcheck.h>

#include <chrono>
#include <string>
#include <vector>

#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"

namespace onewindow {
namespace {

void FillText(Sealed* text) {
  if (!Rarely(10)) text->set_text("text");
}

// Mostly somebody whose work it is.
std::string AnyHelper(const CaseWorld& world) {
  const OrganisationIndex& chart = world.organisation();
  std::vector<std::string> helpers = {"nobody"};
  for (const Holding& holding : chart.chart().holdings()) {
    const Position& position = *chart.FindPosition(holding.position());
    if (!HasDuty(position, RECEPTION) && !HasDuty(position, HELPING)) continue;
    helpers.push_back(holding.person());
  }
  return *rc::gen::elementOf(helpers);
}

void FillMandate(Mandate& mandate, const CaseWorld& world) {
  mandate.set_kind(*rc::gen::element(Mandate::HELPER, Mandate::HELPER, Mandate::OWN_AGENT));
  mandate.set_helper(AnyHelper(world));
  FillText(mandate.mutable_agent_name());
  FillText(mandate.mutable_agent_document_number());
  for (Mandate::Scope scope : {Mandate::MAY_SUBMIT, Mandate::MAY_SUPPLEMENT, Mandate::MAY_WITHDRAW,
                               Mandate::MAY_COLLECT}) {
    if (!Rarely(3)) mandate.add_scopes(scope);
  }
  const Date today = DateOf(world.now(), kBeijing);
  mandate.set_until(FormatDate(today + std::chrono::days(Below(60) - 2)));
  if (Rarely(20)) mandate.set_fee_fen(100);
}

// Numbers below and above what items ask; now and then what is no value, or nothing.
template <typename Wish>
void FillForm(Wish& wish, const ServiceItem& item) {
  for (const DeclaredField& declared : item.fields()) {
    if (Rarely(8)) continue;
    FormField& field = *wish.add_form();
    field.set_name(Rarely(40) ? "unheard_of" : declared.id());
    const bool is_flag = declared.type() == DeclaredField::BOOL;
    field.mutable_value()->set_text(is_flag ? *rc::gen::element<std::string>("true", "false", "")
                                            : *rc::gen::element<std::string>("2", "90", "", "x"));
  }
}

template <typename Wish>
void FillMaterials(Wish& wish, const ServiceItem& item) {
  for (const Material& material : item.materials()) {
    if (!Rarely(15)) wish.add_materials(material.id());
  }
  if (Rarely(30)) wish.add_materials("unheard-of");
}

// Of a township, or none at all.
std::string AnyDivision(const CaseWorld& world) {
  std::vector<std::string> codes = {""};
  for (const Organisation& each : world.organisation().chart().organisations()) {
    if (each.kind() == Organisation::TOWNSHIP) codes.push_back(each.division_code().substr(0, 9));
  }
  return *rc::gen::elementOf(codes);
}

void FillApplicant(Applicant& applicant, const CaseWorld& world) {
  applicant.set_kind(Applicant::NATURAL_PERSON);
  applicant.set_document_type(Applicant::IDENTITY_NUMBER);
  FillText(applicant.mutable_name());
  FillText(applicant.mutable_document_number());
  applicant.set_pseudonym(std::to_string(Below(9)));
  applicant.set_registered_division(AnyDivision(world));
  applicant.set_residence_division(AnyDivision(world));
}

const std::string& AnyOrganisation(const CaseWorld& world) {
  const auto& organisations = world.organisation().chart().organisations();
  return organisations[Below(organisations.size())].id();
}

// Where somebody handles for a township.
std::string AnyTownshipOffice(const CaseWorld& world) {
  const OrganisationIndex& chart = world.organisation();
  std::vector<std::string> offices;
  for (const Organisation& each : chart.chart().organisations()) {
    const bool is_of_township = chart.TownshipOf(each) != nullptr;
    if (!is_of_township || chart.PositionsWithDuty(each.id(), HANDLING).empty()) continue;
    offices.push_back(each.id());
  }
  return *rc::gen::elementOf(offices);
}

std::string AnyStep(const ServiceItem& item) {
  std::vector<std::string> steps = {"unheard-of"};
  for (const Leg& leg : item.route().legs()) {
    for (const Branch& branch : leg.branches()) {
      for (const Step& step : branch.steps()) steps.push_back(step.id());
    }
  }
  return *rc::gen::elementOf(steps);
}

const Task* TaskOf(const CaseRecord& record, uint32_t id) {
  for (const Task& task : record.tasks()) {
    if (task.id() == id) return &task;
  }
  return nullptr;
}

void FillCompletion(CompleteStep& wish, const CaseWorld& world, const CaseRecord& record,
                    const ServiceItem& item) {
  wish.set_action(
      *rc::gen::weightedElement<CompleteStep::Action>({{6, CompleteStep::PASS},
                                                       {2, CompleteStep::RETURN_TO_STEP},
                                                       {1, CompleteStep::RETURN_TO_WINDOW},
                                                       {1, CompleteStep::ACTION_UNSPECIFIED}}));
  if (wish.action() == CompleteStep::RETURN_TO_STEP) wish.set_return_to(AnyStep(item));
  FillText(wish.mutable_opinion());
  const auto& persons = world.organisation().chart().persons();
  wish.set_second_performer(persons[Below(persons.size())].id());
  const Task* task = TaskOf(record, wish.task_id());
  if (task == nullptr || Rarely(4)) return;
  wish.set_second_performer(*rc::gen::elementOf(Officers(world, task->organisation())));
}

// Mostly to another position of the organisation where the task lies.
void FillReassignment(ReassignTask& wish, const CaseWorld& world, const CaseRecord& record) {
  const auto& positions = world.organisation().chart().positions();
  wish.set_to_position(positions[Below(positions.size())].id());
  for (const Task& task : record.tasks()) {
    if (task.id() != wish.task_id() || Rarely(5)) continue;
    const auto fits = world.organisation().PositionsWithDuty(task.organisation(), task.duty());
    if (!fits.empty()) wish.set_to_position((*rc::gen::elementOf(fits))->id());
  }
  FillText(wish.mutable_reason());
}

void FillDecision(DecideCase& wish) {
  wish.set_result(*rc::gen::weightedElement<ResultKind>(
      {{4, GRANTED}, {4, NOT_GRANTED}, {1, REPORTED_UPWARD}}));
  if (!Rarely(5)) wish.set_reported_to("city");
  wish.set_reason_code("code");
  FillText(wish.mutable_reason());
  FillText(wish.mutable_remedies());
  FillText(wish.mutable_opinion());
}

void FillTerms(AssistTerms& terms, const CaseWorld& world) {
  if (!Rarely(6)) terms.set_basis("basis");
  terms.set_authority("authority");
  terms.set_funding("funding");
  if (!Rarely(9)) terms.set_support("support");
  *terms.mutable_deadline() = ToTimestamp(world.now() + std::chrono::days(Below(20) - 1));
}

void FillAssistance(RequestAssistance& wish, const CaseWorld& world) {
  wish.set_to_organisation(Rarely(3) ? AnyOrganisation(world) : AnyTownshipOffice(world));
  FillTerms(*wish.mutable_terms(), world);
}

void FillAnswer(AnswerAssistance& wish, const CaseWorld& world, const CaseRecord& record) {
  wish.set_assist_id(static_cast<uint32_t>(Below(record.assists_size() + 2)));
  wish.set_answer(
      *rc::gen::weightedElement<AnswerAssistance::Answer>({{6, AnswerAssistance::ACCEPT},
                                                           {1, AnswerAssistance::DECLINE},
                                                           {2, AnswerAssistance::COUNTER_PROPOSE},
                                                           {1, AnswerAssistance::GIVE_UP}}));
  FillText(wish.mutable_reason());
  if (wish.answer() == AnswerAssistance::COUNTER_PROPOSE) FillTerms(*wish.mutable_terms(), world);
}

void FillHandDown(HandDownTask& wish, const CaseWorld& world) {
  wish.set_to_organisation(Rarely(3) ? AnyOrganisation(world) : AnyTownshipOffice(world));
}

void FillDelivery(DeliverCase& wish) {
  wish.set_mode(*rc::gen::element(AT_WINDOW, BY_COURIER, BY_AGENT, ELECTRONIC));
  wish.set_taker(*rc::gen::element(DeliverCase::APPLICANT_HIMSELF, DeliverCase::COURIER,
                                   DeliverCase::HELPER_ON_MANDATE, DeliverCase::AUTHORISED_AGENT,
                                   DeliverCase::SYSTEM_OF_RECORD));
  wish.set_mandate_id(static_cast<uint32_t>(Below(3)));
  wish.set_tracking_number("1");
  FillText(wish.mutable_taker_name());
  FillText(wish.mutable_taker_document_number());
}

void FillPause(PauseCase& wish, const CaseWorld& world, const ServiceItem& item) {
  wish.set_kind(HEARING);
  if (item.special_procedures_size() > 0) wish.set_kind(item.special_procedures(0).kind());
  *wish.mutable_expected_end() = ToTimestamp(world.now() + std::chrono::days(10));
}

void FillExtension(ExtendLimit& wish) {
  wish.set_amount(static_cast<uint32_t>(Below(12)));
  if (Rarely(2)) wish.add_clocks(PROMISED);
  if (Rarely(2)) wish.add_clocks(STATUTORY);
  FillText(wish.mutable_reason());
}

// First contact and supervision; false for other commands.
bool FillContact(Command& command, const CaseWorld& world) {
  if (command.has_hand_over_enquiry()) {
    command.mutable_hand_over_enquiry()->set_to_organisation(AnyOrganisation(world));
  } else if (command.has_answer_enquiry()) {
    FillText(command.mutable_answer_enquiry()->mutable_answer());
  } else if (command.has_urge_case()) {
    FillText(command.mutable_urge_case()->mutable_note());
  } else if (command.has_order_supervision()) {
    FillText(command.mutable_order_supervision()->mutable_order());
    *command.mutable_order_supervision()->mutable_reply_by() =
        ToTimestamp(world.now() + std::chrono::hours(Below(200) - 20));
  } else if (command.has_answer_supervision_order()) {
    command.mutable_answer_supervision_order()->set_order_id(static_cast<uint32_t>(Below(3)));
    FillText(command.mutable_answer_supervision_order()->mutable_answer());
  } else {
    return false;
  }
  return true;
}

// Few addresses, so that some come twice.
void FillAttachment(Attachment& attachment, const ServiceItem& item) {
  attachment.set_id(std::string(64, static_cast<char>('0' + Below(10))));
  attachment.set_media_type(*rc::gen::element<std::string>("image/jpeg", "text/plain"));
  attachment.set_bytes(static_cast<uint64_t>(Below(1000)));
  if (Rarely(2) && item.materials_size() > 0) attachment.set_material(item.materials(0).id());
  FillText(attachment.mutable_name());
}

// Whether it is one between county and township.
bool FillDemand(Command& command, const CaseWorld& world, const CaseRecord& record) {
  if (command.has_request_assistance()) {
    FillAssistance(*command.mutable_request_assistance(), world);
  } else if (command.has_answer_assistance()) {
    FillAnswer(*command.mutable_answer_assistance(), world, record);
  } else if (command.has_hand_down_task()) {
    FillHandDown(*command.mutable_hand_down_task(), world);
  } else {
    return false;
  }
  return true;
}

}  // namespace

int Below(int n) {
  return *rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, n)));
}

bool Rarely(int n) { return Below(n) == 0; }

std::vector<std::string> Colleagues(const CaseWorld& world, const std::string& organisation) {
  const OrganisationIndex& chart = world.organisation();
  const Organisation* body = chart.Find(organisation);
  for (const Organisation* each = body; each != nullptr; each = chart.ParentOf(*each)) {
    if (each->kind() != Organisation::COUNTY) body = each;
  }
  std::vector<std::string> persons;
  for (const Holding& holding : chart.chart().holdings()) {
    const Position& position = *chart.FindPosition(holding.position());
    if (!chart.IsWithin(*chart.Find(position.organisation()), *body)) continue;
    persons.push_back(holding.person());
  }
  return persons;
}

std::vector<std::string> Officers(const CaseWorld& world, const std::string& organisation) {
  std::vector<std::string> persons;
  for (const Holding& holding : world.organisation().chart().holdings()) {
    const Position& position = *world.organisation().FindPosition(holding.position());
    if (position.organisation() == organisation) persons.push_back(holding.person());
  }
  if (persons.empty()) persons.emplace_back("nobody");
  return persons;
}

void FillSubmission(SubmitCase& wish, const CaseWorld& world) {
  const ServiceItem& item = **rc::gen::elementOf(world.catalogue().AllCurrent());
  wish.set_item(item.id());
  Applicant& applicant = *wish.mutable_applicant();
  FillApplicant(applicant, world);
  FillForm(wish, item);
  FillMaterials(wish, item);
  if (Rarely(8)) wish.set_enquiry(static_cast<uint64_t>(Below(9)));
  if (Rarely(4)) FillApplicant(*wish.add_co_applicants(), world);
  if (Rarely(4)) FillMandate(*wish.mutable_mandate(), world);
  for (const std::string& id : wish.materials()) {
    if (Rarely(8)) wish.add_originals(id);
  }
  if (Rarely(4)) wish.set_delivery_point(AnyOrganisation(world));
}

void FillEnquiry(RecordEnquiry& wish, const CaseWorld& world) {
  const ServiceItem& item = **rc::gen::elementOf(world.catalogue().AllCurrent());
  if (Rarely(2)) wish.set_item(item.id());
  FillText(wish.mutable_question());
  if (Rarely(2)) wish.mutable_applicant()->mutable_document_number()->set_text("number");
  if (Rarely(2)) wish.mutable_applicant()->set_document_type(Applicant::IDENTITY_NUMBER);
}

void FillFields(Command& command, const CaseWorld& world, const CaseRecord& record) {
  if (FillContact(command, world) || FillDemand(command, world, record)) return;
  const ServiceItem* known = world.catalogue().Find(record.item(), record.item_version());
  const ServiceItem item = known == nullptr ? ServiceItem() : *known;  // An enquiry has none.
  if (command.has_complete_step()) {
    FillCompletion(*command.mutable_complete_step(), world, record, item);
  } else if (command.has_decide_case()) {
    FillDecision(*command.mutable_decide_case());
  } else if (command.has_deliver_case()) {
    FillDelivery(*command.mutable_deliver_case());
  } else if (command.has_pause_case()) {
    FillPause(*command.mutable_pause_case(), world, item);
  } else if (command.has_extend_limit()) {
    FillExtension(*command.mutable_extend_limit());
  } else if (command.has_refuse_case()) {
    command.mutable_refuse_case()->set_result(*rc::gen::element(NOT_APPLICABLE, NOT_COMPETENT));
    FillText(command.mutable_refuse_case()->mutable_reason());
    FillText(command.mutable_refuse_case()->mutable_remedies());
  } else if (command.has_correct_case()) {
    FillForm(*command.mutable_correct_case(), item);
    FillMaterials(*command.mutable_correct_case(), item);
  } else if (command.has_request_supplement()) {
    FillMaterials(*command.mutable_request_supplement(), item);
  } else if (command.has_receive_materials()) {
    FillMaterials(*command.mutable_receive_materials(), item);
    if (Rarely(3)) command.mutable_receive_materials()->set_mandate_id(1);
  } else if (command.has_claim_task() && Rarely(3)) {
    command.mutable_claim_task()->set_lease_seconds(86'400);
  } else if (command.has_extend_lease()) {
    command.mutable_extend_lease()->set_lease_seconds(600);
  } else if (command.has_post_notice()) {
    command.mutable_post_notice()->set_place("board");
  } else if (command.has_hand_back_certificate()) {
    command.mutable_hand_back_certificate()->set_certificate_number("1");
  } else if (command.has_record_ad_hoc_step()) {
    command.mutable_record_ad_hoc_step()->set_name("work");
  } else if (command.has_correct_personal_data()) {
    FillApplicant(*command.mutable_correct_personal_data()->mutable_applicant(), world);
    FillText(command.mutable_correct_personal_data()->mutable_basis());
  } else if (command.has_forget_person()) {
    command.mutable_forget_person()->set_basis(ForgetPerson::RETENTION_ENDED);
  } else if (command.has_grant_mandate()) {
    FillMandate(*command.mutable_grant_mandate()->mutable_mandate(), world);
  } else if (command.has_end_mandate()) {
    command.mutable_end_mandate()->set_mandate_id(static_cast<uint32_t>(1 + Below(3)));
  } else if (command.has_return_originals()) {
    FillText(command.mutable_return_originals()->mutable_taker_name());
  } else if (command.has_resolve_incident()) {
    command.mutable_resolve_incident()->set_explanation("looked at");
  } else if (command.has_reassign_task()) {
    FillReassignment(*command.mutable_reassign_task(), world, record);
  } else if (command.has_attach_file()) {
    FillAttachment(*command.mutable_attach_file()->mutable_attachment(), item);
  }
}

}  // namespace onewindow
