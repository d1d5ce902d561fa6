#include <algorithm>
#include <string>
#include <utility>

#include "engine/calendar/working_calendar.h"
#include "engine/casework/acceptance.h"
#include "engine/casework/applicant.h"
#include "engine/casework/clocks.h"
#include "engine/casework/counters.h"
#include "engine/casework/deciders.h"
#include "engine/casework/demands.h"
#include "engine/casework/documents.h"
#include "engine/casework/enquiry.h"
#include "engine/casework/filing.h"
#include "engine/casework/form.h"
#include "engine/casework/mandates.h"
#include "engine/casework/papers.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"
#include "engine/casework/tasks.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

const Material* FindMaterial(const ServiceItem& item, std::string_view id) {
  for (const Material& material : item.materials()) {
    if (material.id() == id) return &material;
  }
  return nullptr;
}

// Art. 30: only what the item's published list names is asked for or taken in.
template <typename Ids>
std::optional<Rejection> CheckListed(const Ids& materials, const Context& context) {
  for (const std::string& id : materials) {
    if (FindMaterial(*context.item, id) != nullptr) continue;
    Rejection rejection = RefusedField(MATERIAL_NOT_LISTED, "materials",
                                       "'" + id + "' is not on the list of " + context.item->id());
    for (const Material& listed : context.item->materials()) {
      rejection.allowed.push_back(listed.id());
    }
    return rejection;
  }
  return std::nullopt;
}

std::optional<Rejection> CheckDelivery(const SubmitCase& wish, const Context& context) {
  const auto& offered = context.item->delivery();
  if (wish.delivery_mode() == DELIVERY_MODE_UNSPECIFIED) return std::nullopt;
  if (std::find(offered.begin(), offered.end(), wish.delivery_mode()) != offered.end()) {
    return std::nullopt;
  }
  Rejection rejection = RefusedField(DELIVERY_MODE_NOT_OFFERED, "delivery_mode",
                                     context.item->id() + " is not delivered this way");
  for (int mode : offered) {
    rejection.allowed.push_back(DeliveryMode_Name(static_cast<DeliveryMode>(mode)));
  }
  return rejection;
}

// Where results are handed out: the place itself, or the hall of a township; null where nobody
// does.
const Organisation* CollectionPoint(std::string_view place, const Context& context) {
  const OrganisationIndex& chart = context.organisation;
  const Organisation* named = chart.Find(place);
  if (named == nullptr || !chart.PositionsWithDuty(named->id(), COLLECTION).empty()) return named;
  if (named->kind() != Organisation::TOWNSHIP) return nullptr;
  Performer hall;
  hall.set_place(Performer::TOWNSHIP_OF_INTAKE);
  hall.set_organisation("reception");
  return chart.Resolve(hall, {.intake = *named});
}

std::optional<Rejection> CheckSubmission(const SubmitCase& wish, const Context& context) {
  const CaseRecord none;
  if (context.item == nullptr) {
    return RefusedField(ITEM_NOT_FOUND, "item", "there is no item '" + wish.item() + "'");
  }
  std::string_view intake = ActingOrganisation(context);
  if (intake.empty()) {
    return RefusedField(POSITION_NOT_HELD, "envelope.position", "there is no such position");
  }
  if (auto refused = CheckDesk(none, "submit", intake, {RECEPTION, HELPING}, context)) {
    return refused;
  }
  if (ServingWindow(none, context).empty()) {
    return RefusedField(PERFORMER_NOT_FOUND, "envelope.position", "no front desk is near it");
  }
  if (auto refused = CheckTakenInBy(wish, context)) return refused;
  if (auto refused = CheckFiling(wish, context)) return refused;
  if (auto refused = CheckApplicants(wish)) return refused;
  if (auto refused = CheckListed(wish.materials(), context)) return refused;
  if (auto refused = CheckOriginals(wish, context)) return refused;
  if (auto refused = CheckForm(wish.form(), context)) return refused;
  if (auto refused = CheckDelivery(wish, context)) return refused;
  if (wish.enquiry() != 0 && (context.enquiry == nullptr || !IsEnquiry(*context.enquiry))) {
    return RefusedField(ENQUIRY_NOT_FOUND, "enquiry",
                        "there is no enquiry " + std::to_string(wish.enquiry()));
  }
  if (wish.priority() > 2) {
    return RefusedField(FIELD_INVALID, "priority", "is 0 normal, 1 urgent or 2 assisted");
  }
  if (wish.has_imported_deadline() && !IsSystem(context)) {
    return RefusedField(FIELD_INVALID, "imported_deadline", "comes with imports only");
  }
  if (!wish.delivery_point().empty() &&
      CollectionPoint(wish.delivery_point(), context) == nullptr) {
    return RefusedField(FIELD_INVALID, "delivery_point", "names no place that hands results out");
  }
  return std::nullopt;
}

// Who decides: the deciding step's performer, or without a route the township of the intake itself.
std::string DecidingOrganisation(const CaseRecord& record, const Context& context) {
  const Organisation* deciding = nullptr;
  if (const Step* step = DecidingStep(*context.item)) {
    deciding = PerformerOf(*step, record, context.organisation);
  } else if (const Organisation* intake = context.organisation.Find(record.intake())) {
    deciding = context.organisation.TownshipOf(*intake);
    if (deciding == nullptr) deciding = intake;
  }
  return deciding == nullptr ? std::string() : deciding->id();
}

// Whom the applicant met first: at the enquiry, at the desk that lost its line, or here.
FirstContact FirstContactOf(const SubmitCase& wish, const Context& context) {
  if (wish.enquiry() != 0) return context.enquiry->first_contact();
  FirstContact first = CallerAsFirstContact(context);
  if (!wish.taken_in_by().empty()) first.set_person(wish.taken_in_by());
  return first;
}

void FillSubmitted(CaseSubmitted& submitted, const SubmitCase& wish, const Context& context) {
  submitted.set_item(context.item->id());
  submitted.set_item_version(context.item->version());
  submitted.set_intake(ServingWindow(CaseRecord(), context));
  submitted.set_delivery_point(wish.delivery_point().empty()
                                   ? submitted.intake()
                                   : CollectionPoint(wish.delivery_point(), context)->id());
  submitted.set_channel(ActsAsHelper(context) ? CHANNEL_HELPER : context.caller.channel());
  *submitted.mutable_applicant() = wish.applicant();
  *submitted.mutable_co_applicants() = wish.co_applicants();
  *submitted.mutable_form() = wish.form();
  *submitted.mutable_materials() = wish.materials();
  *submitted.mutable_originals() = wish.originals();
  submitted.set_delivery_mode(wish.delivery_mode());
  if (wish.delivery_mode() == DELIVERY_MODE_UNSPECIFIED && context.item->delivery_size() > 0) {
    submitted.set_delivery_mode(static_cast<DeliveryMode>(context.item->delivery(0)));
  }
  *submitted.mutable_external_numbers() = wish.external_numbers();
  submitted.set_priority(wish.priority());
  submitted.set_open_case_of_applicant(context.open_case_of_applicant);
  submitted.set_enquiry(wish.enquiry());
  *submitted.mutable_first_contact() = FirstContactOf(wish, context);
}

void NumberReceipt(CaseSubmitted& submitted, Plan& plan) {
  const Receipt receipt = plan.NextReceipt(submitted.intake());
  submitted.set_receipt_number(receipt.number);
  submitted.set_receipt_serial(receipt.serial);
}

Rejection NoPerformer(const CaseRecord& current, std::string_view wish) {
  return Refused(PERFORMER_NOT_FOUND, current, wish,
                 "no organisation performs a step of its route; see the organisation chart");
}

// The acceptance task, when its organisation is where the caller acts and it is there already.
std::optional<Rejection> CheckAcceptanceDesk(const CaseRecord& current, std::string_view wish,
                                             const Context& context) {
  for (const Task& task : current.tasks()) {
    if (task.kind() != Task::ACCEPTANCE) continue;
    if (auto refused =
            CheckDesk(current, wish, task.organisation(), {task.duty(), DECISION}, context)) {
      return refused;
    }
    if (task.state() == Task::AWAITING_HAND_OVER) {
      return Refused(TASK_NOT_SENT, current, wish, "the file has not been handed over yet");
    }
    if (task.state() == Task::AWAITING_ACKNOWLEDGEMENT) {
      return Refused(TASK_NOT_ACKNOWLEDGED, current, wish, "its hand-over is not acknowledged yet");
    }
    return std::nullopt;
  }
  if (current.deemed_accepted()) {
    return Refused(ACCEPTED_BY_SILENCE, current, wish,
                   "nothing was said in time, so it is accepted from " +
                       FormatDate(DateOf(ToInstant(current.accepted_at()), kBeijing)));
  }
  return Refused(TASK_NOT_FOUND, current, wish, "it does not wait for acceptance");
}

}  // namespace

Decision DecideWish(const CaseRecord& current, const SubmitCase& wish, const Context& context) {
  if (auto refused = CheckSubmission(wish, context)) return *refused;

  Plan plan(current, context);
  Event event;
  CaseSubmitted& submitted = *event.mutable_case_submitted();
  FillSubmitted(submitted, wish, context);
  NumberReceipt(submitted, plan);
  CaseRecord sketch;
  sketch.set_intake(submitted.intake());
  *sketch.mutable_applicant() = submitted.applicant();
  if (auto refused = CheckPerformers(sketch, context)) return *refused;
  submitted.set_deciding(DecidingOrganisation(sketch, context));
  std::string intake = submitted.intake();
  plan.Add(std::move(event));
  DecideConditions(plan);
  if (wish.has_mandate()) AddMandate(plan, wish.mandate());

  if (OpenAcceptance(plan, intake) == Opened::kNoPerformer) return NoPerformer(current, "submit");
  StartClock(plan, {.kind = INTAKE,
                    .organisation = intake,
                    .limit = context.item->intake_limit(),
                    .at = context.at});
  if (wish.has_imported_deadline()) {
    Limit limit;
    limit.set_unit(UNTIL);
    *limit.mutable_until() = wish.imported_deadline();
    StartClock(plan, {.kind = PROMISED,
                      .organisation = plan.record().deciding(),
                      .limit = limit,
                      .at = context.at});
  }
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const CorrectCase& wish, const Context& context) {
  if (auto refused = CheckAcceptanceDesk(current, "correct", context)) return *refused;
  if (auto refused = CheckListed(wish.materials(), context)) return *refused;
  if (wish.form().empty() && wish.materials().empty()) {
    return RefusedField(FIELD_MISSING, "form", "a correction names form fields or materials");
  }
  if (auto refused = CheckForm(wish.form(), context)) return *refused;

  Plan plan(current, context);
  Event event;
  *event.mutable_case_corrected()->mutable_form() = wish.form();
  *event.mutable_case_corrected()->mutable_materials() = wish.materials();
  if (wish.has_note()) *event.mutable_case_corrected()->mutable_note() = wish.note();
  plan.Add(std::move(event));
  if (!wish.form().empty()) DecideConditions(plan);
  return std::move(plan).Done();
}

// Acceptance starts the decision clocks. After a supplement it takes effect when all materials were
// in. Source: Art. 32 (5), Art. 42.
Decision DecideWish(const CaseRecord& current, const AcceptCase&, const Context& context) {
  Plan plan(current, context);
  AnnulDeemedAcceptance(plan);
  if (auto refused = CheckAcceptanceDesk(plan.record(), "accept", context)) return *refused;
  if (auto refused = CheckFormDecides(plan.record(), "accept", context)) return *refused;
  if (auto missing = MissingMaterials(current, *context.item); !missing.empty()) {
    Rejection rejection = Refused(MATERIALS_INCOMPLETE, current, "accept", "materials are missing");
    rejection.allowed = missing;
    return rejection;
  }

  Instant effective = context.at;
  if (current.has_materials_in_at()) effective = ToInstant(current.materials_in_at());
  if (Accept(plan, {.effective = effective}) == Opened::kNoPerformer) {
    return NoPerformer(current, "accept");
  }
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const RefuseCase& wish, const Context& context) {
  Plan plan(current, context);
  AnnulDeemedAcceptance(plan);
  if (auto refused = CheckAcceptanceDesk(plan.record(), "refuse", context)) return *refused;
  if (wish.result() != NOT_APPLICABLE && wish.result() != NOT_COMPETENT) {
    Rejection rejection = RefusedField(FIELD_INVALID, "result", "is not a refusal at intake");
    rejection.allowed = {"NOT_APPLICABLE", "NOT_COMPETENT"};
    return rejection;
  }
  if (IsBlank(wish.reason())) return RefusedField(FIELD_MISSING, "reason", "is required");
  if (wish.result() == NOT_COMPETENT && IsBlank(wish.remedies())) {
    return RefusedField(REMEDIES_MISSING, "remedies", "names review (复议) and lawsuit (诉讼)");
  }

  std::string issuer = plan.record().tasks(0).organisation();
  Event event;
  CaseRefused& refused = *event.mutable_case_refused();
  refused.set_result(wish.result());
  *refused.mutable_reason() = wish.reason();
  refused.set_competent_organ(wish.competent_organ());
  if (wish.has_remedies()) *refused.mutable_remedies() = wish.remedies();
  plan.Add(std::move(event));
  StopEveryClock(plan);
  plan.Issue(wish.result() == NOT_APPLICABLE ? Document::NOT_APPLICABLE_NOTICE
                                             : Document::NOT_COMPETENT_NOTICE,
             issuer);
  return std::move(plan).Done();
}

// One notice that lists everything, within the intake limit. Source: Art. 32 (4).
Decision DecideWish(const CaseRecord& current, const RequestSupplement& wish,
                    const Context& context) {
  constexpr std::string_view kWish = "request a supplement for";
  Plan plan(current, context);
  AnnulDeemedAcceptance(plan);
  if (auto refused = CheckAcceptanceDesk(plan.record(), kWish, context)) return *refused;
  if (current.supplement_notices() > 0) {
    return Refused(SUPPLEMENT_ALREADY_REQUESTED, current, kWish,
                   "the one notice has been given");
  }
  const Clock* intake = FindClock(plan.record(), INTAKE);
  if (intake != nullptr && intake->has_due_at() && context.at > ToInstant(intake->due_at())) {
    return Refused(SUPPLEMENT_TOO_LATE, current, kWish,
                   "the time for the notice ended on " +
                       FormatDate(DateOf(ToInstant(intake->due_at()), context.calendar->zone())));
  }
  if (wish.materials().empty()) {
    return RefusedField(FIELD_MISSING, "materials", "the notice lists all that is missing at once");
  }
  if (auto refused = CheckListed(wish.materials(), context)) return *refused;

  std::string issuer = plan.record().tasks(0).organisation();
  Event event;
  *event.mutable_supplement_requested()->mutable_materials() = wish.materials();
  if (wish.has_explanation()) {
    *event.mutable_supplement_requested()->mutable_explanation() = wish.explanation();
  }
  plan.Add(std::move(event));
  plan.Issue(Document::SUPPLEMENT_NOTICE, issuer);
  StopClocks(plan, {INTAKE});
  StartClock(plan, {.kind = APPLICANT,
                    .organisation = issuer,
                    .limit = context.item->supplement_limit(),
                    .at = context.at});
  return std::move(plan).Done();
}

// The return opens a fresh check: a new intake clock. What another window took in is handed over to
// where the case is checked.
Decision DecideWish(const CaseRecord& current, const ReceiveMaterials& wish,
                    const Context& context) {
  if (auto refused = CheckFrontDeskOrHelper(current, "receive materials of",
                                            Mandate::MAY_SUPPLEMENT, wish.mandate_id(), context)) {
    return *refused;
  }
  if (wish.materials().empty()) {
    return RefusedField(FIELD_MISSING, "materials", "names what was brought");
  }
  if (auto refused = CheckListed(wish.materials(), context)) return *refused;

  Plan plan(current, context);
  Event event;
  const std::string window = ServingWindow(current, context);
  *event.mutable_materials_received()->mutable_materials() = wish.materials();
  event.mutable_materials_received()->set_window(window);
  event.mutable_materials_received()->set_mandate_id(wish.mandate_id());
  plan.Add(std::move(event));
  StopClocks(plan, {APPLICANT});
  StartClock(plan, {.kind = INTAKE,
                    .organisation = current.intake(),
                    .limit = context.item->intake_limit(),
                    .at = context.at});
  if (OpenAcceptance(plan, window) == Opened::kNoPerformer) {
    return NoPerformer(current, "receive materials of");
  }
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const WithdrawCase& wish, const Context& context) {
  if (auto refused = CheckFrontDeskOrHelper(current, "withdraw", Mandate::MAY_WITHDRAW,
                                            wish.mandate_id(), context)) {
    return *refused;
  }

  Plan plan(current, context);
  RecallTasks(plan);
  StopEveryClock(plan);
  Event event;
  const std::string window = ServingWindow(current, context);
  event.mutable_case_withdrawn()->set_window(window);
  event.mutable_case_withdrawn()->set_mandate_id(wish.mandate_id());
  if (wish.has_reason()) *event.mutable_case_withdrawn()->mutable_reason() = wish.reason();
  plan.Add(std::move(event));
  plan.Issue(Document::WITHDRAWAL_NOTICE, window);
  return std::move(plan).Done();
}

}  // namespace onewindow
