#include "tests/engine/casework/any_command.h"

#include <rapidcheck.h>

#include <set>
#include <string>

#include "engine/casework/life.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

// Where the demo county has a helper (代办).
constexpr std::string_view kVillage = "zhaozhen-sanjiang";

// True once in `n` times.
bool Rarely(int n) { return Below(n) == 0; }

void FillText(Sealed* text) {
  if (!Rarely(10)) text->set_text("text");
}

const Task* AnyTask(const CaseRecord& record) {
  if (record.tasks().empty()) return nullptr;
  return &record.tasks(Below(record.tasks_size()));
}

uint32_t AnyTaskId(const CaseRecord& record) {
  const Task* task = AnyTask(record);
  if (task == nullptr || Rarely(20)) return static_cast<uint32_t>(Below(9));
  return task->id();
}

Caller CallerOf(const Holding& holding) {
  Caller caller;
  caller.set_person(holding.person());
  caller.set_position(holding.position());
  caller.set_channel(Rarely(10) ? CHANNEL_HELPER : CHANNEL_WINDOW);
  return caller;
}

const char* AnyPerson() {
  return *rc::gen::element("zhao-jia", "zhao-yi", "zhao-zi", "qian-jia", "nobody");
}

void FillMandate(Mandate& mandate, const CaseWorld& world) {
  mandate.set_kind(*rc::gen::element(Mandate::HELPER, Mandate::HELPER, Mandate::OWN_AGENT));
  mandate.set_helper(AnyPerson());
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

template <typename Wish>
void FillMaterials(Wish& wish, const ServiceItem& item) {
  for (const Material& material : item.materials()) {
    if (!Rarely(15)) wish.add_materials(material.id());
  }
  if (Rarely(30)) wish.add_materials("unheard-of");
}

void FillApplicant(Applicant& applicant) {
  applicant.set_kind(Applicant::NATURAL_PERSON);
  applicant.set_document_type(Applicant::IDENTITY_NUMBER);
  FillText(applicant.mutable_name());
  FillText(applicant.mutable_document_number());
  applicant.set_pseudonym(std::to_string(Below(9)));
  applicant.set_registered_division(
      *rc::gen::element<std::string>("510121001", "510121105000", ""));
  applicant.set_residence_division(*rc::gen::element<std::string>("510121002", "510121119000"));
}

void FillSubmission(SubmitCase& wish, const CaseWorld& world) {
  const ServiceItem& item = **rc::gen::elementOf(world.catalogue().AllCurrent());
  wish.set_item(item.id());
  Applicant& applicant = *wish.mutable_applicant();
  FillApplicant(applicant);
  FillMaterials(wish, item);
  if (Rarely(8)) wish.set_enquiry(static_cast<uint64_t>(Below(9)));
  if (Rarely(4)) FillApplicant(*wish.add_co_applicants());
  if (Rarely(4)) FillMandate(*wish.mutable_mandate(), world);
  for (const std::string& id : wish.materials()) {
    if (Rarely(8)) wish.add_originals(id);
  }
  if (Rarely(4)) wish.set_delivery_point(*rc::gen::element<std::string>("zhaozhen", "jintang"));
}

void FillEnquiry(RecordEnquiry& wish, const CaseWorld& world) {
  const ServiceItem& item = **rc::gen::elementOf(world.catalogue().AllCurrent());
  if (Rarely(2)) wish.set_item(item.id());
  FillText(wish.mutable_question());
  if (Rarely(2)) wish.mutable_applicant()->mutable_document_number()->set_text("number");
  if (Rarely(2)) wish.mutable_applicant()->set_document_type(Applicant::IDENTITY_NUMBER);
}

const std::string& AnyOrganisation(const CaseWorld& world) {
  const auto& organisations = world.organisation().chart().organisations();
  return organisations[Below(organisations.size())].id();
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

void FillCompletion(CompleteStep& wish, const CaseWorld& world, const ServiceItem& item) {
  wish.set_action(
      *rc::gen::weightedElement<CompleteStep::Action>({{6, CompleteStep::PASS},
                                                       {2, CompleteStep::RETURN_TO_STEP},
                                                       {1, CompleteStep::RETURN_TO_WINDOW},
                                                       {1, CompleteStep::ACTION_UNSPECIFIED}}));
  if (wish.action() == CompleteStep::RETURN_TO_STEP) wish.set_return_to(AnyStep(item));
  FillText(wish.mutable_opinion());
  const auto& persons = world.organisation().chart().persons();
  if (!Rarely(5)) wish.set_second_performer(persons[Below(persons.size())].id());
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
  wish.set_to_organisation(Rarely(3) ? AnyOrganisation(world) : "zhaozhen-civil-affairs");
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
  wish.set_to_organisation(Rarely(3) ? AnyOrganisation(world) : "zhaozhen-civil-affairs");
}

void FillDelivery(DeliverCase& wish) {
  wish.set_mode(*rc::gen::element(AT_WINDOW, BY_COURIER, BY_AGENT, ELECTRONIC));
  wish.set_taker(*rc::gen::element(DeliverCase::APPLICANT_HIMSELF, DeliverCase::COURIER,
                                   DeliverCase::HELPER_ON_MANDATE, DeliverCase::AUTHORISED_AGENT));
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

// The fields that commands share, by name.
void SetCase(Command& command, Command::WishCase kind, const CaseRecord& record) {
  const auto& reflection = *Command::GetReflection();
  const auto* arm = Command::descriptor()->FindFieldByNumber(kind);
  auto& wish = *reflection.MutableMessage(&command, arm);
  const auto& fields = *wish.GetDescriptor();
  wish.GetReflection()->SetUInt64(&wish, fields.FindFieldByName("case_id"), record.id());
}

void SetTask(Command& command, Command::WishCase kind, uint32_t task_id) {
  const auto& reflection = *Command::GetReflection();
  const auto* arm = Command::descriptor()->FindFieldByNumber(kind);
  auto& wish = *reflection.MutableMessage(&command, arm);
  const auto* field = wish.GetDescriptor()->FindFieldByName("task_id");
  if (field != nullptr) wish.GetReflection()->SetUInt32(&wish, field, task_id);
}

// What is special to each command; the others have no more than case and task.
void FillRest(Command& command, const CaseWorld& world, const CaseRecord& record) {
  if (FillContact(command, world)) return;
  const ServiceItem* known = world.catalogue().Find(record.item(), record.item_version());
  const ServiceItem item = known == nullptr ? ServiceItem() : *known;  // An enquiry has none.
  if (command.has_request_assistance()) {
    FillAssistance(*command.mutable_request_assistance(), world);
  } else if (command.has_answer_assistance()) {
    FillAnswer(*command.mutable_answer_assistance(), world, record);
  } else if (command.has_hand_down_task()) {
    FillHandDown(*command.mutable_hand_down_task(), world);
  } else if (command.has_complete_step()) {
    FillCompletion(*command.mutable_complete_step(), world, item);
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
    FillMaterials(*command.mutable_correct_case(), item);
  } else if (command.has_request_supplement()) {
    FillMaterials(*command.mutable_request_supplement(), item);
  } else if (command.has_receive_materials()) {
    FillMaterials(*command.mutable_receive_materials(), item);
  } else if (command.has_claim_task() && Rarely(3)) {
    command.mutable_claim_task()->set_lease_seconds(600);
  } else if (command.has_extend_lease()) {
    command.mutable_extend_lease()->set_lease_seconds(600);
  } else if (command.has_post_notice()) {
    command.mutable_post_notice()->set_place("board");
  } else if (command.has_hand_back_certificate()) {
    command.mutable_hand_back_certificate()->set_certificate_number("1");
  } else if (command.has_record_ad_hoc_step()) {
    command.mutable_record_ad_hoc_step()->set_name("work");
  } else if (command.has_correct_personal_data()) {
    FillApplicant(*command.mutable_correct_personal_data()->mutable_applicant());
    command.mutable_correct_personal_data()->set_basis("request");
  } else if (command.has_forget_person()) {
    command.mutable_forget_person()->set_basis("request");
  } else if (command.has_grant_mandate()) {
    FillMandate(*command.mutable_grant_mandate()->mutable_mandate(), world);
  } else if (command.has_end_mandate()) {
    command.mutable_end_mandate()->set_mandate_id(static_cast<uint32_t>(1 + Below(3)));
  } else if (command.has_return_originals()) {
    FillText(command.mutable_return_originals()->mutable_taker_name());
  } else if (command.has_attach_file()) {
    FillAttachment(*command.mutable_attach_file()->mutable_attachment(), item);
  }
}

Command AnyCommand(const CaseWorld& world, const CaseRecord& record, WishKind kind) {
  std::vector<Command::WishCase> wishes;
  if (kind == WishKind::kAllowed) {
    for (Command::WishCase wish : AllowedIn(record)) wishes.push_back(wish);
    if (record.orders_size() > 0) wishes.push_back(Command::kAnswerSupervisionOrder);
    // What no stage is bound to, now and then.
    if (wishes.empty() || Rarely(8)) wishes = {Command::kReadPersonalData};
    if (Rarely(16)) wishes = {Command::kCorrectPersonalData};
  } else {
    for (int wish = Command::kCorrectCase; wish <= Command::kCloseCase; ++wish) {
      wishes.push_back(static_cast<Command::WishCase>(wish));
    }
    for (int wish = Command::kHandOverEnquiry; wish <= Command::kAnswerSupervisionOrder; ++wish) {
      wishes.push_back(static_cast<Command::WishCase>(wish));
    }
    wishes.push_back(Command::kForgetPerson);
    wishes.insert(wishes.end(),
                  {Command::kGrantMandate, Command::kEndMandate, Command::kReturnOriginals});
  }
  Command::WishCase wish = *rc::gen::elementOf(wishes);
  // Lives would be short otherwise.
  if (wish == Command::kWithdrawCase && !Rarely(6)) wish = wishes.front();
  Command command;
  SetCase(command, wish, record);
  SetTask(command, wish, AnyTaskId(record));
  if (wish == Command::kReassignTask) {
    FillReassignment(*command.mutable_reassign_task(), world, record);
  }
  FillRest(command, world, record);
  return command;
}

Caller AnySupervisor(const CaseWorld& world) {
  std::vector<Caller> supervisors;
  for (const Holding& holding : world.organisation().chart().holdings()) {
    const Position* position = world.organisation().FindPosition(holding.position());
    if (HasDuty(*position, SUPERVISION)) supervisors.push_back(CallerOf(holding));
  }
  return *rc::gen::elementOf(supervisors);
}

bool IsForDataOfficer(const Command& command) {
  return command.has_correct_personal_data() || command.has_forget_person();
}

// Mostly somebody near the case; now and then anybody.
Caller AnyCaller(const CaseWorld& world, const CaseRecord& record) {
  if (Rarely(12)) return AnySupervisor(world);
  std::vector<Caller> near = CallersNear(world, record);
  if (!near.empty() && !Rarely(10)) return *rc::gen::elementOf(near);
  const auto& holdings = world.organisation().chart().holdings();
  return CallerOf(holdings[Below(holdings.size())]);
}

template <typename Wish>
void AddFor(std::vector<Command>& commands, Wish* (Command::*mutable_wish)(),
            const CaseRecord& record, const Wish& filled = {}) {
  Command command;
  Wish& wish = *(command.*mutable_wish)();
  wish = filled;
  wish.set_case_id(record.id());
  commands.push_back(command);
}

template <typename Wish>
void AddForEachTask(std::vector<Command>& commands, Wish* (Command::*mutable_wish)(),
                    const CaseRecord& record, Wish filled = {}) {
  for (const Task& task : record.tasks()) {
    filled.set_task_id(task.id());
    AddFor(commands, mutable_wish, record, filled);
  }
}

}  // namespace

int Below(int n) {
  return *rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, n)));
}

Caller DataOfficer(const CaseWorld& world) {
  for (const Holding& holding : world.organisation().chart().holdings()) {
    const Position* position = world.organisation().FindPosition(holding.position());
    if (HasDuty(*position, DATA_PROTECTION)) return CallerOf(holding);
  }
  return {};
}

std::vector<Caller> CallersNear(const CaseWorld& world, const CaseRecord& record) {
  std::set<std::string> places = {record.intake(), record.delivery_point(), record.deciding()};
  for (const Task& task : record.tasks()) places.insert({task.organisation(), task.from()});
  for (const Assist& assist : record.assists()) places.insert(assist.to());
  std::vector<Caller> callers;
  for (const Holding& holding : world.organisation().chart().holdings()) {
    const std::string& at = world.organisation().FindPosition(holding.position())->organisation();
    bool at_window = record.id() == 0 && (at.ends_with("-hall") || at == kVillage);
    if (at_window || at == kVillage || places.contains(at)) callers.push_back(CallerOf(holding));
  }
  return callers;
}

CaseWorld::Wish AnyWish(const CaseWorld& world, const CaseRecord& record, WishKind kind) {
  CaseWorld::Wish wish;
  if (kind == WishKind::kSubmission) {
    FillSubmission(*wish.command.mutable_submit_case(), world);
  } else if (kind == WishKind::kEnquiry) {
    FillEnquiry(*wish.command.mutable_record_enquiry(), world);
  } else {
    wish.command = AnyCommand(world, record, kind);
  }
  const bool by_officer = IsForDataOfficer(wish.command) && !Rarely(10);
  wish.caller = by_officer ? DataOfficer(world) : AnyCaller(world, record);
  if (Rarely(6)) wish.at = world.now() - std::chrono::minutes(Below(40 * 24 * 60) - 60);
  return wish;
}

std::vector<Command> CommandsTowardsTheEnd(const CaseRecord& record) {
  std::vector<Command> commands;
  ReturnOriginals originals;
  originals.mutable_taker_name()->set_text("name");
  AddFor(commands, &Command::mutable_return_originals, record, originals);
  AddFor(commands, &Command::mutable_close_case, record);
  DeliverCase delivery;
  delivery.set_mode(AT_WINDOW);
  delivery.set_taker(DeliverCase::APPLICANT_HIMSELF);
  delivery.mutable_taker_name()->set_text("name");
  delivery.mutable_taker_document_number()->set_text("number");
  AddFor(commands, &Command::mutable_deliver_case, record, delivery);
  AddFor(commands, &Command::mutable_receive_certificate, record);
  HandBackCertificate certificate;
  certificate.set_certificate_number("1");
  AddFor(commands, &Command::mutable_hand_back_certificate, record, certificate);
  for (const Pause& pause : record.pauses()) {
    ResumeCase resume;
    resume.set_pause_id(pause.id());
    AddFor(commands, &Command::mutable_resume_case, record, resume);
  }
  DecideCase decision;
  decision.set_result(GRANTED);
  decision.mutable_opinion()->set_text("opinion");
  AddFor(commands, &Command::mutable_decide_case, record, decision);
  CompleteStep completion;
  completion.set_action(CompleteStep::PASS);
  completion.mutable_opinion()->set_text("opinion");
  for (const char* second : {"zhao-jia", "zhao-yi"}) {
    completion.set_second_performer(second);
    AddForEachTask(commands, &Command::mutable_complete_step, record, completion);
  }
  PostNotice notice;
  notice.set_place("board");
  AddForEachTask(commands, &Command::mutable_post_notice, record, notice);
  AddForEachTask(commands, &Command::mutable_claim_task, record);
  AddForEachTask(commands, &Command::mutable_acknowledge_hand_over, record);
  AddForEachTask(commands, &Command::mutable_hand_over_file, record);
  AddFor(commands, &Command::mutable_accept_case, record);
  AnswerEnquiry answer;
  answer.mutable_answer()->set_text("answer");
  AddFor(commands, &Command::mutable_answer_enquiry, record, answer);
  // What cannot be accepted is refused; a supplement that does not come is withdrawn.
  RefuseCase refusal;
  refusal.set_result(NOT_APPLICABLE);
  refusal.mutable_reason()->set_text("reason");
  AddFor(commands, &Command::mutable_refuse_case, record, refusal);
  if (record.stage() == STAGE_SUPPLEMENTING) {
    AddFor(commands, &Command::mutable_withdraw_case, record);
  }
  return commands;
}

}  // namespace onewindow
