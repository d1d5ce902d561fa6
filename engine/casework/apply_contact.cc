#include <algorithm>

#include "engine/base/check.h"
#include "engine/casework/appliers.h"

namespace onewindow {

void ApplyFact(CaseRecord& record, const EnquiryRecorded& fact, EventAt when) {
  CHECK(record.id() == 0) << "an enquiry recorded twice: " << record.id();
  record.set_id(when.sequence);
  record.set_receipt_number(fact.receipt_number());
  record.set_item(fact.item());
  record.set_stage(STAGE_ENQUIRY);
  record.set_channel(fact.channel());
  record.set_intake(fact.first_contact().organisation());
  if (fact.has_applicant()) *record.mutable_applicant() = fact.applicant();
  *record.mutable_question() = fact.question();
  *record.mutable_first_contact() = fact.first_contact();
  *record.mutable_received_at() = when.at;
}

// The task at its new place is an event of its own.
void ApplyFact(CaseRecord& record, const EnquiryHandedOver& fact, EventAt) {
  auto& tasks = *record.mutable_tasks();
  const auto sent = std::find_if(tasks.begin(), tasks.end(),
                                 [&](const Task& task) { return task.id() == fact.task_id(); });
  CHECK(sent != tasks.end()) << "enquiry " << record.id() << " has no task " << fact.task_id();
  tasks.erase(sent);
}

void ApplyFact(CaseRecord& record, const EnquiryAnswered&, EventAt when) {
  CHECK(record.stage() == STAGE_ENQUIRY) << record.id();
  record.set_stage(STAGE_CLOSED);
  record.set_result(ANSWERED);
  *record.mutable_closed_at() = when.at;
  record.clear_tasks();
}

void ApplyFact(CaseRecord& record, const CaseAccompanied& fact, EventAt) {
  record.set_accompanied_by(fact.position());
}

void ApplyFact(CaseRecord& record, const CaseUrged&, EventAt) {
  record.set_urgings(record.urgings() + 1);
}

void ApplyFact(CaseRecord& record, const SupervisionOrdered& fact, EventAt) {
  *record.add_orders() = fact.order();
}

void ApplyFact(CaseRecord& record, const SupervisionOrderAnswered& fact, EventAt when) {
  for (SupervisionOrder& order : *record.mutable_orders()) {
    if (order.id() == fact.order_id()) *order.mutable_answered_at() = when.at;
  }
}

}  // namespace onewindow
