#include "tests/engine/casework/any_command.h"

#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <string>

#include "engine/casework/life.h"
#include "engine/organisation/organisation_index.h"
#include "tests/engine/casework/any_fields.h"

namespace onewindow {
namespace {

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

std::vector<Command::WishCase> WishesAboutCases() {
  std::vector<Command::WishCase> wishes;
  const auto& arms = *Command::descriptor()->FindOneofByName("wish");
  for (int i = 0; i < arms.field_count(); ++i) {
    const auto& arm = *arms.field(i);
    if (arm.message_type()->FindFieldByName("case_id") == nullptr) continue;
    wishes.push_back(static_cast<Command::WishCase>(arm.number()));
  }
  return wishes;
}

Command AnyCommand(const CaseWorld& world, const CaseRecord& record, WishKind kind) {
  std::vector<Command::WishCase> wishes;
  if (kind == WishKind::kAllowed) {
    for (Command::WishCase wish : AllowedIn(record)) wishes.push_back(wish);
    if (record.orders_size() > 0) wishes.push_back(Command::kAnswerSupervisionOrder);
    if (record.set_aside()) wishes = {Command::kResolveIncident};
    // What no stage is bound to, now and then.
    if (wishes.empty() || Rarely(8)) wishes = {Command::kReadPersonalData};
    if (Rarely(16)) wishes = {Command::kCorrectPersonalData};
  } else {
    wishes = WishesAboutCases();
  }
  Command::WishCase wish = *rc::gen::elementOf(wishes);
  // Lives would be short otherwise.
  if (wish == Command::kWithdrawCase && !Rarely(6)) wish = wishes.front();
  Command command;
  SetCase(command, wish, record);
  SetTask(command, wish, AnyTaskId(record));
  FillFields(command, world, record);
  return command;
}

std::string DayFrom(const CaseWorld& world, int days) {
  return FormatDate(DateOf(world.now(), kBeijing) + std::chrono::days(days));
}

void FillSubstitution(ArrangeSubstitution& wish, const CaseWorld& world) {
  const OrganisationChart& chart = world.organisation().chart();
  const Holding& holding = chart.holdings(Below(chart.holdings_size()));
  const Position& position = *world.organisation().FindPosition(holding.position());
  wish.set_position(holding.position());
  wish.set_holder(holding.person());
  wish.set_substitute(Rarely(4) ? chart.persons(Below(chart.persons_size())).id()
                                : *rc::gen::elementOf(Colleagues(world, position.organisation())));
  const int from = Below(5) - 2;
  wish.set_from(DayFrom(world, from));
  wish.set_until(DayFrom(world, from + Below(6)));
}

Command AnyCommandAboutPeople(const CaseWorld& world) {
  const OrganisationChart& chart = world.organisation().chart();
  Command command;
  const int kind = Below(6);
  if (kind == 0) {
    command.mutable_end_substitution()->set_number(
        1 + static_cast<uint32_t>(Below(static_cast<int>(chart.last_substitution_number()) + 1)));
  } else if (kind == 1) {
    RecordAbsence& wish = *command.mutable_record_absence();
    wish.set_person(chart.persons(Below(chart.persons_size())).id());
    wish.set_from(DayFrom(world, Below(3)));
    wish.set_until(DayFrom(world, 3 + Below(3)));
  } else {
    FillSubstitution(*command.mutable_arrange_substitution(), world);
  }
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

void AddDecisions(std::vector<Command>& commands, const CaseRecord& record) {
  DecideCase decision;
  decision.set_result(GRANTED);
  decision.mutable_opinion()->set_text("opinion");
  AddFor(commands, &Command::mutable_decide_case, record, decision);
  // For want of what was never brought.
  decision.set_result(NOT_GRANTED);
  decision.set_reason_code("code");
  decision.mutable_reason()->set_text("reason");
  decision.mutable_remedies()->set_text("remedies");
  AddFor(commands, &Command::mutable_decide_case, record, decision);
}

}  // namespace

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
    const Position& position = *world.organisation().FindPosition(holding.position());
    const bool at_window = record.id() == 0 && HasDuty(position, RECEPTION);
    const bool is_near = at_window || HasDuty(position, HELPING);
    if (is_near || places.contains(position.organisation())) callers.push_back(CallerOf(holding));
  }
  return callers;
}

CaseWorld::Wish AnyWish(const CaseWorld& world, const CaseRecord& record, WishKind kind) {
  CaseWorld::Wish wish;
  if (kind == WishKind::kSubmission) {
    FillSubmission(*wish.command.mutable_submit_case(), world);
  } else if (kind == WishKind::kEnquiry) {
    FillEnquiry(*wish.command.mutable_record_enquiry(), world);
  } else if (kind == WishKind::kPeople) {
    wish.command = AnyCommandAboutPeople(world);
  } else {
    wish.command = AnyCommand(world, record, kind);
  }
  const bool by_officer = IsForDataOfficer(wish.command) && !Rarely(10);
  wish.caller = by_officer ? DataOfficer(world) : AnyCaller(world, record);
  if (Rarely(6)) wish.at = world.now() - std::chrono::minutes(Below(40 * 24 * 60) - 60);
  return wish;
}

std::vector<Command> CommandsTowardsTheEnd(const CaseWorld& world, const CaseRecord& record) {
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
  AddDecisions(commands, record);
  CompleteStep completion;
  completion.set_action(CompleteStep::PASS);
  completion.mutable_opinion()->set_text("opinion");
  // A site check is made by two: whoever completes it, one of these is another.
  for (const Task& task : record.tasks()) {
    completion.set_task_id(task.id());
    std::vector<std::string> officers = Officers(world, task.organisation());
    officers.resize(std::min<size_t>(officers.size(), 2));
    for (const std::string& second : officers) {
      completion.set_second_performer(second);
      AddFor(commands, &Command::mutable_complete_step, record, completion);
    }
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
