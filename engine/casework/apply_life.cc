#include <algorithm>
#include <string>

#include "engine/base/check.h"
#include "engine/casework/appliers.h"
#include "engine/casework/apply_form.h"

namespace onewindow {
namespace {

void EndTasks(CaseRecord& record, Task::Kind kind) {
  auto& tasks = *record.mutable_tasks();
  tasks.erase(std::remove_if(tasks.begin(), tasks.end(),
                             [&](const Task& task) { return task.kind() == kind; }),
              tasks.end());
}

using Ids = google::protobuf::RepeatedPtrField<std::string>;

// Each id once.
void AddIds(Ids& known, const Ids& added) {
  for (const std::string& id : added) {
    if (std::find(known.begin(), known.end(), id) == known.end()) *known.Add() = id;
  }
}

void AddMaterials(CaseRecord& record, const Ids& materials) {
  AddIds(*record.mutable_materials(), materials);
}

// Nothing waits any more; the result says how it ended.
void Finish(CaseRecord& record, ResultKind result, EventAt when) {
  record.set_stage(STAGE_FINISHED);
  record.set_result(result);
  *record.mutable_decided_at() = when.at;
  record.clear_tasks();
  record.clear_pauses();
}

}  // namespace

void ApplyFact(CaseRecord& record, const CaseSubmitted& fact, EventAt when) {
  CHECK(record.id() == 0) << "a case submitted twice: " << record.id();
  record.set_id(when.sequence);
  record.set_receipt_number(fact.receipt_number());
  record.set_item(fact.item());
  record.set_item_version(fact.item_version());
  record.set_stage(STAGE_RECEIVED);
  record.set_channel(fact.channel());
  record.set_intake(fact.intake());
  record.set_delivery_point(fact.delivery_point());
  record.set_deciding(fact.deciding());
  *record.mutable_applicant() = fact.applicant();
  *record.mutable_form() = fact.form();
  AddMaterials(record, fact.materials());
  *record.mutable_external_numbers() = fact.external_numbers();
  *record.mutable_received_at() = when.at;
  record.set_priority(fact.priority());
  record.set_delivery_mode(fact.delivery_mode());
  record.set_enquiry(fact.enquiry());
  if (fact.has_first_contact()) *record.mutable_first_contact() = fact.first_contact();
  *record.mutable_co_applicants() = fact.co_applicants();
  AddIds(*record.mutable_originals(), fact.originals());
}

void ApplyFact(CaseRecord& record, const CaseCorrected& fact, EventAt) {
  AddMaterials(record, fact.materials());
  MergeForm(*record.mutable_form(), fact.form());
}

void ApplyFact(CaseRecord& record, const CaseAccepted& fact, EventAt) {
  CHECK(record.stage() == STAGE_RECEIVED) << record.id();
  record.set_stage(STAGE_ACCEPTED);
  if (!record.has_accepted_at()) *record.mutable_accepted_at() = fact.accepted_at();
  record.set_deemed_accepted(fact.deemed());
  EndTasks(record, Task::ACCEPTANCE);
}

void ApplyFact(CaseRecord& record, const DeemedAcceptanceAnnulled&, EventAt) {
  CHECK(record.deemed_accepted()) << record.id();
  record.set_stage(STAGE_RECEIVED);
  record.clear_accepted_at();
  record.clear_deemed_accepted();
}

void ApplyFact(CaseRecord& record, const CaseLapsed& fact, EventAt when) {
  CHECK(record.stage() == STAGE_SUPPLEMENTING) << record.id();
  Finish(record, fact.result(), when);
}

void ApplyFact(CaseRecord& record, const CaseRefused& fact, EventAt when) {
  CHECK(record.stage() == STAGE_RECEIVED) << record.id();
  Finish(record, fact.result(), when);
}

void ApplyFact(CaseRecord& record, const SupplementRequested&, EventAt) {
  CHECK(record.stage() == STAGE_RECEIVED) << record.id();
  record.set_stage(STAGE_SUPPLEMENTING);
  record.set_supplement_notices(record.supplement_notices() + 1);
  EndTasks(record, Task::ACCEPTANCE);
}

void ApplyFact(CaseRecord& record, const MaterialsReceived& fact, EventAt when) {
  CHECK(record.stage() == STAGE_SUPPLEMENTING) << record.id();
  record.set_stage(STAGE_RECEIVED);
  AddMaterials(record, fact.materials());
  *record.mutable_materials_in_at() = when.at;
}

void ApplyFact(CaseRecord& record, const CaseWithdrawn&, EventAt when) {
  Finish(record, WITHDRAWN, when);
}

void ApplyFact(CaseRecord& record, const CaseDecided& fact, EventAt when) {
  record.set_in_name_of(fact.in_name_of());
  Finish(record, fact.result(), when);
}

void ApplyFact(CaseRecord& record, const CertificateHandedBack&, EventAt) {
  EndTasks(record, Task::CERTIFICATION);
}

void ApplyFact(CaseRecord& record, const CaseReady&, EventAt when) {
  CHECK(record.stage() == STAGE_FINISHED) << record.id();
  record.set_stage(STAGE_READY);
  for (Task& task : *record.mutable_tasks()) {
    task.set_state(Task::AWAITING_CLAIM);
    *task.mutable_since() = when.at;
  }
}

void ApplyFact(CaseRecord& record, const CaseDelivered&, EventAt) {
  CHECK(record.stage() == STAGE_READY) << record.id();
  record.set_stage(STAGE_DELIVERED);
  EndTasks(record, Task::COLLECTION_READY);
}

void ApplyFact(CaseRecord& record, const CaseClosed&, EventAt when) {
  record.set_stage(STAGE_CLOSED);
  *record.mutable_closed_at() = when.at;
  record.clear_tasks();
}

void ApplyFact(CaseRecord& record, const CaseSetAside&, EventAt) { record.set_set_aside(true); }

void ApplyFact(CaseRecord& record, const IncidentResolved&, EventAt) {
  record.set_set_aside(false);
}

}  // namespace onewindow
