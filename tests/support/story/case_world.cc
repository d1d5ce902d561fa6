#include "tests/support/story/case_world.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/casework/apply.h"
#include "engine/casework/decide.h"
#include "engine/casework/documents.h"
#include "engine/casework/enquiry.h"
#include "engine/casework/filing.h"
#include "engine/casework/form.h"
#include "engine/casework/invariants.h"
#include "engine/casework/paper_number.h"
#include "engine/casework/visit.h"
#include "engine/casework/wake.h"
#include "engine/catalog/check_item.h"
#include "engine/catalog/defaults.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

const CaseRecord kNoCase;

Caller System() {
  Caller caller;
  caller.set_person(std::string(kSystemPerson));
  caller.set_channel(CHANNEL_SYSTEM);
  return caller;
}

// Papers, cards and receipts are numbered 1, 2, 3, ...
void CheckNumber(const Counters& counters, const std::string& series, uint32_t serial) {
  CHECK(serial == counters.Last(series) + 1) << series << " " << serial;
}

void CheckNumbers(const Counters& counters, const Event& event) {
  if (event.has_document_issued()) {
    const Document& document = event.document_issued().document();
    CheckNumber(counters, SeriesOf(document), document.serial());
  }
  if (event.has_card_issued()) {
    CheckNumber(counters, SeriesOf(event.card_issued()), event.card_issued().serial());
  }
  if (event.has_case_submitted()) {
    CheckNumber(counters, SeriesOfReceipt(event.case_submitted().receipt_number()),
                event.case_submitted().receipt_serial());
  }
  if (event.has_enquiry_recorded()) {
    CheckNumber(counters, SeriesOfReceipt(event.enquiry_recorded().receipt_number()),
                event.enquiry_recorded().receipt_serial());
  }
}

}  // namespace

void CaseWorld::AddCalendar(WorkingCalendar calendar) {
  std::string id = calendar.id();
  calendars_.insert_or_assign(std::move(id), std::move(calendar));
}

Status CaseWorld::AddItem(const ServiceItem& item) {
  ServiceItem filled = WithDefaults(item);
  std::string errors;
  for (const Finding& finding : CheckItem(filled).errors) {
    errors += "\n" + finding.path + ": " + finding.message;
  }
  if (!errors.empty()) return Fault{FaultKind::kInvalid, "item " + item.id() + errors};
  ServiceItem numbered = catalogue_.Numbered(std::move(filled));
  *numbered.mutable_published_at() = ToTimestamp(now_);
  catalogue_ = catalogue_.With(std::move(numbered));
  return {};
}

const CaseRecord* CaseWorld::Find(uint64_t case_id) const {
  auto found = cases_.find(case_id);
  return found == cases_.end() ? nullptr : &found->second;
}

const ServiceItem* CaseWorld::ItemOf(const CaseRecord& record) const {
  return catalogue_.Find(record.item(), record.item_version());
}

const WorkingCalendar* CaseWorld::CalendarOf(const CaseRecord& record) const {
  auto calendar = calendars_.find(CalendarIdFor(Command(), record, ItemOf(record)));
  return calendar == calendars_.end() ? nullptr : &calendar->second;
}

std::vector<Event> CaseWorld::EventsOf(uint64_t case_id) const {
  std::vector<Event> events;
  for (const Logged& logged : log_) {
    if (logged.case_id == case_id) {
      events.insert(events.end(), logged.events.begin(), logged.events.end());
    }
  }
  return events;
}

const CaseRecord* CaseWorld::PaperOf(const SubmitCase& submission) const {
  const ExternalNumber* number = PaperNumberIn(submission.external_numbers());
  if (number == nullptr) return nullptr;
  const auto found = papers_.find({number->system(), number->number()});
  return found == papers_.end() ? nullptr : &found->second;
}

Context CaseWorld::ContextOf(const Wish& wish) const {
  const CaseRecord* current = Find(CaseIdOf(wish.command));
  Context context{.now = now_,
                  .at = wish.at.value_or(now_),
                  .sequence = log_.size() + 1,
                  .caller = wish.caller,
                  .catalogue = catalogue_,
                  .organisation = organisation_,
                  .counters = counters_,
                  .policy = {}};
  if (current != nullptr) {
    context.item = ItemOf(*current);
  } else if (wish.command.has_submit_case()) {
    const SubmitCase& submission = wish.command.submit_case();
    context.item = ItemInForce(catalogue_, submission.item(), context.at);
    context.paper = PaperOf(submission);
    context.enquiry = Find(wish.command.submit_case().enquiry());
  }
  auto calendar = calendars_.find(
      CalendarIdFor(wish.command, current == nullptr ? kNoCase : *current, context.item));
  if (calendar != calendars_.end()) context.calendar = &calendar->second;
  context.form =
      FormTextsAfter(current == nullptr ? kNoCase : *current, wish.command, context.item);
  return context;
}

Decision CaseWorld::Try(const Wish& wish) const {
  const CaseRecord* current = Find(CaseIdOf(wish.command));
  return Decide(current == nullptr ? kNoCase : *current, wish.command, ContextOf(wish));
}

Decision CaseWorld::Do(const Wish& wish) {
  uint64_t case_id = CaseIdOf(wish.command);
  if (Find(case_id) != nullptr && !Find(case_id)->set_aside()) FireDue(case_id);
  Decision decision = Try(wish);
  if (!decision.rejected()) Commit(case_id, decision.outcome());
  return decision;
}

void CaseWorld::Commit(uint64_t case_id, Decision::Outcome outcome) {
  CheckOutcome(case_id, outcome);
  uint64_t sequence = log_.size() + 1;
  for (const Event& event : outcome.events) {
    CheckNumbers(counters_, event);
    Apply(counters_, event);
    ApplyAdministration(event);
  }
  uint64_t id = outcome.next.id();
  const ExternalNumber* paper = PaperNumberIn(outcome.next.external_numbers());
  if (id == sequence && paper != nullptr) {
    papers_[{paper->system(), paper->number()}] = outcome.next;
  }
  if (id != 0) cases_[id] = std::move(outcome.next);
  log_.push_back({.sequence = sequence,
                  .case_id = id,
                  .recorded_at = now_,
                  .events = std::move(outcome.events)});
}

void CaseWorld::CheckOutcome(uint64_t case_id, const Decision::Outcome& outcome) const {
  const CaseRecord* current = Find(case_id);
  CaseRecord applied = current == nullptr ? kNoCase : *current;
  for (const Event& event : outcome.events) {
    CHECK(event.has_occurred_at());
    Apply(applied, event, log_.size() + 1);
  }
  CHECK(applied.SerializeAsString() == outcome.next.SerializeAsString())
      << "the events lead to\n"
      << applied.DebugString() << "\nbut the decision says\n"
      << outcome.next.DebugString();
  if (applied.id() != 0) CheckInvariants(applied);
}

void CaseWorld::ApplyAdministration(const Event& event) {
  if (event.has_item_published()) {
    catalogue_ = catalogue_.With(event.item_published().item());
  } else if (event.has_calendar_published()) {
    AddCalendar(WorkingCalendar::Make(event.calendar_published().calendar()).value());
  } else if (ChangesChart(event)) {
    OrganisationChart chart = organisation_.chart();
    Apply(chart, event);
    organisation_ = OrganisationIndex::Build(std::move(chart)).value();
  }
}

std::optional<Instant> CaseWorld::NextWakeOfAll() const {
  std::optional<Instant> earliest;
  for (const auto& [id, record] : cases_) {
    auto wake = record.set_aside() ? std::nullopt : NextWake(record);
    if (wake && (!earliest || *wake < *earliest)) earliest = wake;
  }
  return earliest;
}

// What one command leaves undone, the next does.
void CaseWorld::FireDue(uint64_t case_id) {
  for (auto wake = NextWake(cases_.at(case_id)); wake && *wake <= now_;
       wake = NextWake(cases_.at(case_id))) {
    Wish wish{.command = {}, .caller = System()};
    wish.command.mutable_fire_alarms()->set_case_id(case_id);
    *wish.command.mutable_fire_alarms()->mutable_until() = ToTimestamp(now_);
    Decision decision = Try(wish);
    CHECK(!decision.rejected()) << decision.rejection().text;
    CHECK(!decision.outcome().events.empty()) << "alarms are due, but none fired";
    Commit(case_id, decision.outcome());
  }
}

void CaseWorld::WaitUntil(Instant until) {
  CHECK(until >= now_) << "time does not go back";
  for (auto wake = NextWakeOfAll(); wake && *wake <= until; wake = NextWakeOfAll()) {
    now_ = std::max(now_, *wake);
    for (auto& [id, record] : cases_) {
      if (!record.set_aside()) FireDue(id);
    }
  }
  now_ = until;
}

void CaseWorld::BeDownUntil(Instant until) {
  CHECK(until >= now_) << "time does not go back";
  now_ = until;
  WaitUntil(until);
}

void CaseWorld::SetAside(uint64_t case_id) {
  Decision::Outcome outcome{.events = {}, .next = cases_.at(case_id)};
  Event& event = outcome.events.emplace_back();
  *event.mutable_occurred_at() = ToTimestamp(now_);
  event.mutable_case_set_aside()->set_incident("incident-1");
  Apply(outcome.next, event, log_.size() + 1);
  Commit(case_id, std::move(outcome));
}

void CaseWorld::CheckFold() const {
  std::map<uint64_t, CaseRecord> folded;
  for (const Logged& logged : log_) {
    for (const Event& event : logged.events) {
      if (logged.case_id != 0) Apply(folded[logged.case_id], event, logged.sequence);
    }
  }
  CHECK(folded.size() == cases_.size());
  for (const auto& [id, record] : cases_) {
    CHECK(folded[id].SerializeAsString() == record.SerializeAsString())
        << "case " << id << " folds to\n"
        << folded[id].DebugString();
  }
}

HolderHistory HoldersIn(const CaseWorld& world, uint64_t case_id) {
  HolderHistory history;
  for (const CaseWorld::Logged& logged : world.log()) {
    if (logged.case_id != case_id) continue;
    history.Add(logged.sequence, {logged.events.begin(), logged.events.end()});
  }
  return history;
}

}  // namespace onewindow
