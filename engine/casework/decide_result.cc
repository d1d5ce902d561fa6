#include <algorithm>
#include <string>
#include <utility>

#include "engine/casework/assists.h"
#include "engine/casework/clocks.h"
#include "engine/casework/deciders.h"
#include "engine/casework/demands.h"
#include "engine/casework/form.h"
#include "engine/casework/mandates.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/results.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"
#include "engine/casework/task_rules.h"
#include "engine/casework/tasks.h"
#include "engine/organisation/organisation_index.h"

namespace onewindow {
namespace {

const Task* FindKind(const CaseRecord& record, Task::Kind kind) {
  for (const Task& task : record.tasks()) {
    if (task.kind() == kind) return &task;
  }
  return nullptr;
}

// The step of the route that ends with the decision, claimed by the caller; or, for what is decided
// at the desk, the desk itself.
std::optional<Rejection> CheckDecidingDesk(const CaseRecord& current, const Context& context) {
  // An import knows that it was decided, wherever on its route the case stood.
  if (IsSystem(context)) return std::nullopt;
  bool at_desk = context.item->route().legs_size() == 0 || current.stage() == STAGE_RECEIVED;
  if (at_desk) {
    if (!IsInstant(current, *context.item)) {
      return Refused(NOT_INSTANT, current, "decide", "it is not an instant item: accept it first");
    }
    if (auto refused =
            CheckDesk(current, "decide", current.intake(), {RECEPTION, DECISION}, context)) {
      return refused;
    }
    return CheckFormDecides(current, "decide", context);
  }
  for (const Task& task : current.tasks()) {
    if (task.kind() != Task::ROUTE_STEP) continue;
    if (StepAt(*context.item, task).kind() != Step::DECIDE) continue;
    if (auto refused = CheckHolder(current, "decide", task, context)) return refused;
    if (auto refused = CheckNoAssistUnderWay(current, "decide", task)) return refused;
    if (auto refused = CheckNotOwnStep(current, "decide", task, context)) return refused;
    return CheckNotPaused(current, "decide", task);
  }
  return Refused(TASK_IS_NOT_DECISION, current, "decide",
                 "its route has not come to the decision yet");
}

// The organisation that decides: the caller's, or for an import the one that the case names.
const Organisation* ActingDecider(const CaseRecord& current, const Context& context) {
  std::string_view acting = ActingOrganisation(context);
  if (IsSystem(context) || acting.empty()) acting = current.deciding();
  return context.organisation.Find(acting);
}

// Art. 24: in whose name; null where it decides in its own. As of the day of the decision, which is
// that of its paper, whenever it is entered.
const Organisation* DelegatingOrgan(const CaseRecord& current, const Context& context) {
  const Organisation* acting = ActingDecider(current, context);
  if (acting == nullptr) return nullptr;
  const Delegation* delegation =
      context.organisation.DelegationOf(*acting, current.item(), DateOf(context.at, kBeijing));
  return delegation == nullptr ? nullptr : context.organisation.Find(delegation->organ());
}

// Nobody below the item's minimum level decides, whatever the route says; under a delegation the
// level is that of the organ in whose name it is done. Power that was delegated is had in no other
// way. Reporting upward takes no power.
std::optional<Rejection> CheckPower(const CaseRecord& current, const DecideCase& wish,
                                    const Context& context) {
  const Organisation* acting = ActingDecider(current, context);
  if (acting == nullptr || wish.result() == REPORTED_UPWARD) return std::nullopt;
  const Organisation* organ = DelegatingOrgan(current, context);
  ServiceItem::Level level = context.organisation.LevelOf(organ == nullptr ? *acting : *organ);
  bool is_below_county = level > ServiceItem::COUNTY_LEVEL;
  if (context.item->power_source() == ServiceItem::DELEGATED && is_below_county) {
    return Refused(DELEGATION_MISSING, current, "decide",
                   "no delegation of its item to '" + acting->id() + "' is in force on " +
                       FormatDate(DateOf(context.at, kBeijing)));
  }
  ServiceItem::Level minimum = context.item->minimum_level();
  if (minimum == ServiceItem::LEVEL_UNSPECIFIED || level <= minimum) return std::nullopt;
  return Refused(LEVEL_TOO_LOW, current, "decide",
                 "its item is decided at " + ServiceItem::Level_Name(minimum) + " or above");
}

std::optional<Rejection> CheckReasons(const DecideCase& wish) {
  if (wish.result() == REPORTED_UPWARD) {
    if (!wish.reported_to().empty()) return std::nullopt;
    return RefusedField(FIELD_MISSING, "reported_to", "names the organ that it goes up to");
  }
  if (wish.result() != GRANTED && wish.result() != NOT_GRANTED) {
    Rejection rejection = RefusedField(FIELD_INVALID, "result", "is not a decision");
    rejection.allowed = {"GRANTED", "NOT_GRANTED", "REPORTED_UPWARD"};
    return rejection;
  }
  if (wish.result() == GRANTED) return std::nullopt;
  if (wish.reason_code().empty() || IsBlank(wish.reason()) || IsBlank(wish.remedies())) {
    return RefusedField(REMEDIES_MISSING, "remedies",
                        "a decision against the applicant has a reason code, a reason and the "
                        "remedies (复议, 诉讼)");
  }
  return std::nullopt;
}

// What was accepted by silence may lack some: that is a reason to say no.
std::optional<Rejection> CheckMaterials(const CaseRecord& current, const DecideCase& wish,
                                        const Context& context) {
  if (wish.result() != GRANTED && current.stage() != STAGE_RECEIVED) return std::nullopt;
  std::vector<std::string> missing = MissingMaterials(current, *context.item);
  if (missing.empty()) return std::nullopt;
  Rejection rejection = Refused(MATERIALS_INCOMPLETE, current, "decide", "materials are missing");
  rejection.allowed = std::move(missing);
  return rejection;
}

// 决定书, of the organ in whose name it was decided; what is reported upward is no decision yet.
void IssueResult(Plan& plan, ResultKind result) {
  const CaseRecord& record = plan.record();
  if (result == REPORTED_UPWARD) {
    plan.Issue(Document::UPWARD_REPORT, record.deciding());
    return;
  }
  plan.Issue(Document::DECISION,
             record.in_name_of().empty() ? record.deciding() : record.in_name_of());
}

// The result lies at the window where the applicant collects it.
void OpenCollection(Plan& plan, std::string_view from) {
  Task task;
  task.set_kind(Task::COLLECTION_READY);
  task.set_organisation(plan.record().delivery_point());
  task.set_duty(COLLECTION);
  OpenTask(plan, task, from);
}

void MakeReady(Plan& plan) {
  StopClocks(plan, {DELIVERY});
  Event event;
  event.mutable_case_ready();
  plan.Add(std::move(event));
}

// A paper certificate is made by the organisation that decided; anything else is ready at once.
void FollowDecision(Plan& plan, ResultKind result) {
  const ServiceItem& item = *plan.context().item;
  std::string deciding = plan.record().deciding();
  if (result != GRANTED || item.certificate() != PAPER_CERTIFICATE) {
    OpenCollection(plan, plan.record().delivery_point());
    return MakeReady(plan);
  }
  StartClock(plan, {.kind = DELIVERY,
                    .organisation = deciding,
                    .limit = item.delivery_limit(),
                    .at = plan.context().at});
  Task task;
  task.set_kind(Task::CERTIFICATION);
  task.set_organisation(deciding);
  task.set_duty(HANDLING);
  OpenTask(plan, task, deciding);
}

// Who can take a result that goes this way.
std::vector<DeliverCase::Taker> TakersBy(DeliveryMode mode) {
  switch (mode) {
    case AT_WINDOW:
      return {DeliverCase::APPLICANT_HIMSELF, DeliverCase::AUTHORISED_AGENT,
              DeliverCase::HELPER_ON_MANDATE};
    case BY_COURIER:
      return {DeliverCase::COURIER};
    case BY_AGENT:
      return {DeliverCase::AUTHORISED_AGENT, DeliverCase::HELPER_ON_MANDATE};
    case ELECTRONIC:
      return {DeliverCase::SYSTEM_OF_RECORD};
    case DELIVERY_MODE_UNSPECIFIED:
    case DeliveryMode_INT_MIN_SENTINEL_DO_NOT_USE_:
    case DeliveryMode_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return {};
}

std::optional<Rejection> CheckTakerFits(const DeliverCase& wish) {
  if (wish.taker() == DeliverCase::TAKER_UNSPECIFIED) {
    return RefusedField(TAKER_MISSING, "taker", "says who takes the result");
  }
  const auto takers = TakersBy(wish.mode());
  if (std::find(takers.begin(), takers.end(), wish.taker()) != takers.end()) return std::nullopt;
  Rejection rejection = RefusedField(FIELD_INVALID, "taker",
                                     "is nobody who takes it " + DeliveryMode_Name(wish.mode()));
  for (DeliverCase::Taker taker : takers) {
    rejection.allowed.push_back(DeliverCase::Taker_Name(taker));
  }
  return rejection;
}

// Who collects for the applicant shows a mandate that says so.
std::optional<Rejection> CheckTakersMandate(const CaseRecord& current, const DeliverCase& wish,
                                            const Context& context) {
  Agent agent{.kind = Mandate::KIND_UNSPECIFIED, .mandate_id = wish.mandate_id()};
  if (wish.taker() == DeliverCase::AUTHORISED_AGENT) agent.kind = Mandate::OWN_AGENT;
  if (wish.taker() == DeliverCase::HELPER_ON_MANDATE) agent.kind = Mandate::HELPER;
  if (agent.kind == Mandate::KIND_UNSPECIFIED) return std::nullopt;
  return CheckMandated(current, "deliver", agent, Mandate::MAY_COLLECT, context);
}

std::optional<Rejection> CheckTaker(const CaseRecord& current, const DeliverCase& wish,
                                    const Context& context) {
  const auto& offered = context.item->delivery();
  if (std::find(offered.begin(), offered.end(), wish.mode()) == offered.end()) {
    Rejection rejection = Refused(DELIVERY_MODE_NOT_OFFERED, current, "deliver",
                                  "its item is not delivered this way");
    rejection.allowed.clear();
    for (int mode : offered) {
      rejection.allowed.push_back(DeliveryMode_Name(static_cast<DeliveryMode>(mode)));
    }
    return rejection;
  }
  if (auto refused = CheckTakerFits(wish)) return refused;
  bool by_courier = wish.mode() == BY_COURIER;
  if (by_courier && wish.tracking_number().empty()) {
    return RefusedField(FIELD_MISSING, "tracking_number", "is required for a courier");
  }
  bool in_person = wish.mode() == AT_WINDOW || wish.mode() == BY_AGENT;
  if (in_person && (IsBlank(wish.taker_name()) || IsBlank(wish.taker_document_number()))) {
    return RefusedField(TAKER_MISSING, "taker_name", "name and document of the taker are recorded");
  }
  return CheckTakersMandate(current, wish, context);
}

}  // namespace

void Conclude(Plan& plan, CaseDecided decided) {
  const ResultKind result = decided.result();
  EndAssists(plan);
  StopEveryClock(plan);
  const Organisation* organ = result == REPORTED_UPWARD
                                  ? nullptr
                                  : DelegatingOrgan(plan.record(), plan.context());
  if (organ != nullptr) decided.set_in_name_of(organ->id());
  Event event;
  *event.mutable_case_decided() = std::move(decided);
  plan.Add(std::move(event));
  IssueResult(plan, result);
  FollowDecision(plan, result);
}

// Source: Art. 38; domain, "Who may do what".
Decision DecideWish(const CaseRecord& current, const DecideCase& wish, const Context& context) {
  if (auto refused = CheckDecidingDesk(current, context)) return *refused;
  if (auto refused = CheckPower(current, wish, context)) return *refused;
  if (auto refused = CheckReasons(wish)) return *refused;
  if (auto refused = CheckMaterials(current, wish, context)) return *refused;
  if (current.stage() != STAGE_RECEIVED && IsBlank(wish.opinion()) && !IsSystem(context)) {
    return RefusedField(OPINION_MISSING, "opinion", "a step ends with an opinion");
  }

  Plan plan(current, context);
  CaseDecided decided;
  decided.set_result(wish.result());
  decided.set_reason_code(wish.reason_code());
  if (wish.has_reason()) *decided.mutable_reason() = wish.reason();
  if (wish.has_remedies()) *decided.mutable_remedies() = wish.remedies();
  if (wish.has_opinion()) *decided.mutable_opinion() = wish.opinion();
  if (wish.result() == REPORTED_UPWARD) decided.set_reported_to(wish.reported_to());
  Conclude(plan, std::move(decided));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const HandBackCertificate& wish,
                    const Context& context) {
  constexpr std::string_view kWish = "hand back the certificate of";
  const Task* task = FindKind(current, Task::CERTIFICATION);
  if (task == nullptr)
    return Refused(TASK_NOT_FOUND, current, kWish, "no certificate is being made");
  if (auto refused =
          CheckDesk(current, kWish, task->organisation(), {HANDLING, DECISION, SYSTEM}, context)) {
    return *refused;
  }
  if (wish.certificate_number().empty()) {
    return RefusedField(FIELD_MISSING, "certificate_number", "is required");
  }

  Plan plan(current, context);
  std::string maker = task->organisation();
  Event event;
  event.mutable_certificate_handed_back()->set_certificate_number(wish.certificate_number());
  plan.Add(std::move(event));
  uint32_t slip = plan.Issue(Document::HAND_OVER_SLIP, maker);
  OpenCollection(plan, maker);
  const Task& collection = *FindKind(plan.record(), Task::COLLECTION_READY);
  // Made where it is handed out, it goes nowhere.
  if (collection.state() == Task::AWAITING_HAND_OVER) {
    Event sent;
    sent.mutable_file_handed_over()->set_task_id(collection.id());
    sent.mutable_file_handed_over()->set_slip_serial(slip);
    plan.Add(std::move(sent));
  }
  return std::move(plan).Done();
}

// The window's acknowledgement: from now on the applicant can come. Delivery is in time when ready
// and notified (Art. 44).
Decision DecideWish(const CaseRecord& current, const ReceiveCertificate&, const Context& context) {
  constexpr std::string_view kWish = "receive the certificate of";
  const Task* task = FindKind(current, Task::COLLECTION_READY);
  if (task == nullptr) {
    return Refused(TASK_NOT_FOUND, current, kWish, "its certificate was not handed back yet");
  }
  if (auto refused = CheckDesk(current, kWish, task->organisation(), {COLLECTION}, context)) {
    return *refused;
  }

  Plan plan(current, context);
  MakeReady(plan);
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const DeliverCase& wish, const Context& context) {
  if (auto refused = CheckDesk(current, "deliver", current.delivery_point(),
                               {COLLECTION, RECEPTION}, context)) {
    return *refused;
  }
  if (!IsSystem(context)) {
    if (auto refused = CheckTaker(current, wish, context)) return *refused;
  }

  Plan plan(current, context);
  Event event;
  CaseDelivered& delivered = *event.mutable_case_delivered();
  delivered.set_mode(wish.mode());
  delivered.set_taker(wish.taker());
  if (wish.has_taker_name()) *delivered.mutable_taker_name() = wish.taker_name();
  if (wish.has_taker_document_number()) {
    *delivered.mutable_taker_document_number() = wish.taker_document_number();
  }
  delivered.set_tracking_number(wish.tracking_number());
  delivered.set_mandate_id(wish.mandate_id());
  plan.Add(std::move(event));
  plan.Issue(Document::DELIVERY_RECEIPT, current.delivery_point());
  Task task;
  task.set_kind(Task::ARCHIVING);
  task.set_organisation(current.delivery_point());
  task.set_duty(COLLECTION);
  OpenTask(plan, task, current.delivery_point());
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const CloseCase&, const Context& context) {
  std::string_view place = current.stage() == STAGE_DELIVERED
                               ? std::string_view(current.delivery_point())
                               : std::string_view(current.intake());
  if (auto refused = CheckDesk(current, "close", place, {COLLECTION, RECEPTION}, context)) {
    return *refused;
  }
  if (!current.originals().empty()) {
    Rejection rejection = Refused(ORIGINALS_NOT_RETURNED, current, "close",
                                  "originals of the applicant are still here");
    rejection.allowed = {current.originals().begin(), current.originals().end()};
    return rejection;
  }

  Plan plan(current, context);
  Event event;
  event.mutable_case_closed();
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const ResolveIncident& wish,
                    const Context& context) {
  if (!current.set_aside()) {
    return Refused(NOT_SET_ASIDE, current, "resolve the incident of", "it is not set aside");
  }
  if (auto refused = CheckInCounty(current, "resolve the incident of", {ADMINISTRATION}, context)) {
    return *refused;
  }
  if (wish.explanation().empty()) {
    return RefusedField(FIELD_MISSING, "explanation", "says what was done");
  }

  Plan plan(current, context);
  Event event;
  event.mutable_incident_resolved()->set_explanation(wish.explanation());
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
