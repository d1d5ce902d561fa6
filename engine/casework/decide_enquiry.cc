#include <optional>
#include <string>
#include <utility>

#include "engine/base/check.h"
#include "engine/casework/clocks.h"
#include "engine/casework/deciders.h"
#include "engine/casework/enquiry.h"
#include "engine/casework/holders.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"
#include "engine/catalog/catalogue.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

constexpr std::string_view kRecord = "record an enquiry as";
constexpr std::string_view kHandOver = "hand over";
constexpr std::string_view kAnswer = "answer";

const Task& ReplyTask(const CaseRecord& record) {
  CHECK(record.tasks_size() == 1) << "enquiry " << record.id();
  return record.tasks(0);
}

// Who asks may stay unknown; a number that he gives says what document it is of.
std::optional<Rejection> CheckAsker(const Applicant& asker) {
  if (IsBlank(asker.document_number())) return std::nullopt;
  if (asker.document_type() != Applicant::DOCUMENT_TYPE_UNSPECIFIED) return std::nullopt;
  return RefusedField(FIELD_MISSING, "applicant.document_type", "says what document it is");
}

std::optional<Rejection> CheckEnquiry(const RecordEnquiry& wish, const Context& context) {
  const CaseRecord none;
  std::string_view desk = ActingOrganisation(context);
  if (desk.empty()) {
    return RefusedField(POSITION_NOT_HELD, "envelope.position", "there is no such position");
  }
  if (auto refused = CheckDesk(none, kRecord, desk, {RECEPTION, HELPING}, context)) return refused;
  if (IsBlank(wish.question())) return RefusedField(FIELD_MISSING, "question", "is required");
  if (!wish.item().empty() && context.catalogue.Current(wish.item()) == nullptr) {
    return RefusedField(ITEM_NOT_FOUND, "item", "there is no item '" + wish.item() + "'");
  }
  if (context.calendar == nullptr) {
    return Refused(CALENDAR_NOT_FOUND, none, kRecord, "the county's calendar is not published");
  }
  return CheckAsker(wish.applicant());
}

Limit ReplyLimit(const Policy& policy) {
  Limit limit;
  limit.set_amount(policy.reply_working_days);
  limit.set_unit(WORKING_DAYS);
  return limit;
}

// 首问责任: nobody else's answer, until somebody has accepted the hand-over.
std::optional<Rejection> CheckAnswerable(const CaseRecord& current, std::string_view wish,
                                         const Context& context) {
  if (IsSystem(context)) return std::nullopt;
  const Task& task = ReplyTask(current);
  const Holder holder = HolderOf(current, task);
  if (ActingOrganisation(context) != holder.organisation) {
    Rejection rejection = Refused(NOT_ANSWERABLE, current, wish,
                                  "'" + holder.organisation + "' is answerable for the reply");
    rejection.allowed = {holder.organisation};
    return rejection;
  }
  if (!holder.position.empty() && holder.position != context.caller.position()) {
    return Refused(TASK_HELD_BY_OTHER, current, wish,
                   "'" + holder.position + "' is answerable for the reply");
  }
  if (task.state() != Task::AWAITING_CLAIM) return std::nullopt;
  return Refused(TASK_NOT_CLAIMED, current, wish, "the reply is not claimed");
}

// The duty that takes enquiries on at an organisation: its front desk, or else its handlers.
std::optional<Duty> DutyToReply(std::string_view organisation, const Context& context) {
  for (Duty duty : {RECEPTION, HANDLING}) {
    if (!context.organisation.PositionsWithDuty(organisation, duty).empty()) return duty;
  }
  return std::nullopt;
}

std::optional<Rejection> CheckDestination(const HandOverEnquiry& wish, const Task& task,
                                          const Context& context) {
  constexpr std::string_view kField = "to_organisation";
  if (context.organisation.Find(wish.to_organisation()) == nullptr) {
    return RefusedField(ORGANISATION_NOT_FOUND, kField,
                        "there is no organisation '" + wish.to_organisation() + "'");
  }
  if (wish.to_organisation() == task.organisation()) {
    return RefusedField(FIELD_INVALID, kField, "the enquiry is there already");
  }
  if (!DutyToReply(wish.to_organisation(), context)) {
    return RefusedField(FIELD_INVALID, kField, "nobody there receives or handles");
  }
  return std::nullopt;
}

void OpenReply(Plan& plan, Task task) {
  task.set_id(plan.record().last_task_id() + 1);
  task.set_kind(Task::REPLY_TASK);
  Event event;
  *event.mutable_task_opened()->mutable_task() = std::move(task);
  plan.Add(std::move(event));
}

// Who was asked holds the reply from the first moment on.
Task FirstReply(const FirstContact& first, const Context& context) {
  const Position* position = context.organisation.FindPosition(first.position());
  Task task;
  task.set_organisation(first.organisation());
  task.set_from(first.organisation());
  task.set_duty(position != nullptr && HasDuty(*position, RECEPTION) ? RECEPTION : HELPING);
  task.set_state(Task::CLAIMED);
  task.set_position(first.position());
  task.set_person(first.person());
  return task;
}

}  // namespace

Decision DecideWish(const CaseRecord& current, const RecordEnquiry& wish, const Context& context) {
  if (auto refused = CheckEnquiry(wish, context)) return *refused;

  Plan plan(current, context);
  const FirstContact first = CallerAsFirstContact(context);
  const Receipt receipt = plan.NextReceipt(first.organisation());
  Event event;
  EnquiryRecorded& recorded = *event.mutable_enquiry_recorded();
  recorded.set_receipt_number(receipt.number);
  recorded.set_receipt_serial(receipt.serial);
  recorded.set_item(wish.item());
  if (wish.has_applicant()) *recorded.mutable_applicant() = wish.applicant();
  *recorded.mutable_question() = wish.question();
  *recorded.mutable_first_contact() = first;
  recorded.set_channel(context.caller.channel());
  plan.Add(std::move(event));
  OpenReply(plan, FirstReply(first, context));
  StartClock(plan, {.kind = REPLY,
                    .organisation = first.organisation(),
                    .limit = ReplyLimit(context.policy),
                    .at = context.at});
  return std::move(plan).Done();
}

// On its way the reply keeps the name of who sent it: he stays answerable until it is acknowledged.
Decision DecideWish(const CaseRecord& current, const HandOverEnquiry& wish,
                    const Context& context) {
  if (auto refused = CheckAnswerable(current, kHandOver, context)) return *refused;
  const Task sent = ReplyTask(current);
  if (sent.state() == Task::AWAITING_ACKNOWLEDGEMENT) {
    return Refused(TASK_ALREADY_SENT, current, kHandOver, "it has been sent already");
  }
  if (auto refused = CheckDestination(wish, sent, context)) return *refused;

  Plan plan(current, context);
  Event event;
  EnquiryHandedOver& handed_over = *event.mutable_enquiry_handed_over();
  handed_over.set_task_id(sent.id());
  handed_over.set_to_organisation(wish.to_organisation());
  if (wish.has_reason()) *handed_over.mutable_reason() = wish.reason();
  plan.Add(std::move(event));
  Task task;
  task.set_organisation(wish.to_organisation());
  task.set_from(sent.organisation());
  task.set_duty(*DutyToReply(wish.to_organisation(), context));
  task.set_state(Task::AWAITING_ACKNOWLEDGEMENT);
  task.set_position(sent.position());
  task.set_person(sent.person());
  OpenReply(plan, std::move(task));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const AnswerEnquiry& wish, const Context& context) {
  if (auto refused = CheckAnswerable(current, kAnswer, context)) return *refused;
  if (IsBlank(wish.answer())) return RefusedField(FIELD_MISSING, "answer", "is required");

  Plan plan(current, context);
  StopEveryClock(plan);
  Event event;
  *event.mutable_enquiry_answered()->mutable_answer() = wish.answer();
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
