#include <algorithm>
#include <string>
#include <utility>

#include "engine/casework/deciders.h"
#include "engine/casework/holders.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"
#include "engine/casework/tasks.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

bool IsOpen(const Task&) { return true; }

const SupervisionOrder* FindOrder(const CaseRecord& record, uint32_t order_id) {
  const auto& orders = record.orders();
  const auto found = std::find_if(orders.begin(), orders.end(), [&](const SupervisionOrder& order) {
    return order.id() == order_id;
  });
  return found == orders.end() ? nullptr : &*found;
}

}  // namespace

// 全程代理: the window that took the file in goes with it to the end.
Decision DecideWish(const CaseRecord& current, const AccompanyCase&, const Context& context) {
  constexpr std::string_view kWish = "accompany";
  if (context.caller.position().empty()) {
    return RefusedField(FIELD_MISSING, "envelope.position", "names who accompanies the file");
  }
  if (auto refused = CheckDesk(current, kWish, current.intake(), {RECEPTION}, context)) {
    return *refused;
  }
  if (!current.accompanied_by().empty()) {
    return Refused(ALREADY_ACCOMPANIED, current, kWish,
                   "'" + current.accompanied_by() + "' accompanies it");
  }

  Plan plan(current, context);
  Event event;
  event.mutable_case_accompanied()->set_position(context.caller.position());
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

// 催办, for the applicant at any front desk of the county, or by its supervisors.
Decision DecideWish(const CaseRecord& current, const UrgeCase& wish, const Context& context) {
  constexpr std::string_view kWish = "urge";
  if (auto refused = CheckInCounty(current, kWish, {RECEPTION, SUPERVISION}, context)) {
    return *refused;
  }
  auto chosen = ChooseTask(current, kWish, wish.task_id(), IsOpen);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task& task = *std::get<const Task*>(chosen);

  Plan plan(current, context);
  Event event;
  CaseUrged& urged = *event.mutable_case_urged();
  urged.set_task_id(task.id());
  urged.set_organisation(HolderOf(current, task).organisation);
  if (wish.has_note()) *urged.mutable_note() = wish.note();
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

// 督办: a numbered paper to whoever is answerable for the task, which wants an answer in time.
Decision DecideWish(const CaseRecord& current, const OrderSupervision& wish,
                    const Context& context) {
  constexpr std::string_view kWish = "order supervision of";
  if (auto refused = CheckInCounty(current, kWish, {SUPERVISION}, context)) return *refused;
  auto chosen = ChooseTask(current, kWish, wish.task_id(), IsOpen);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task& task = *std::get<const Task*>(chosen);
  if (IsBlank(wish.order())) return RefusedField(FIELD_MISSING, "order", "is required");
  if (!wish.has_reply_by()) {
    return RefusedField(FIELD_MISSING, "reply_by", "says until when it is to be answered");
  }
  if (ToInstant(wish.reply_by()) <= context.now) {
    return RefusedField(FIELD_INVALID, "reply_by", "is a time after now");
  }

  Plan plan(current, context);
  Event event;
  SupervisionOrdered& ordered = *event.mutable_supervision_ordered();
  ordered.mutable_order()->set_id(static_cast<uint32_t>(current.orders_size()) + 1);
  ordered.mutable_order()->set_organisation(HolderOf(current, task).organisation);
  *ordered.mutable_order()->mutable_reply_by() = wish.reply_by();
  ordered.set_task_id(task.id());
  *ordered.mutable_text() = wish.order();
  plan.Add(std::move(event));
  plan.Issue(Document::SUPERVISION_ORDER, ActingOrganisation(context));
  return std::move(plan).Done();
}

// Also when the case has gone on or come to its end meanwhile: an order wants its answer.
Decision DecideWish(const CaseRecord& current, const AnswerSupervisionOrder& wish,
                    const Context& context) {
  constexpr std::string_view kWish = "answer a supervision order of";
  const SupervisionOrder* order = FindOrder(current, wish.order_id());
  if (order == nullptr) {
    return Refused(ORDER_NOT_FOUND, current, kWish,
                   "it has no order " + std::to_string(wish.order_id()));
  }
  if (auto refused = CheckDesk(current, kWish, order->organisation(),
                               {RECEPTION, HANDLING, DECISION, APPROVAL, HELPING}, context)) {
    return *refused;
  }
  if (order->has_answered_at()) {
    return Refused(ORDER_ALREADY_ANSWERED, current, kWish,
                   "order " + std::to_string(order->id()) + " is answered");
  }
  if (IsBlank(wish.answer())) return RefusedField(FIELD_MISSING, "answer", "is required");

  Plan plan(current, context);
  Event event;
  event.mutable_supervision_order_answered()->set_order_id(wish.order_id());
  *event.mutable_supervision_order_answered()->mutable_answer() = wish.answer();
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
