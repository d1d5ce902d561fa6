#include "engine/casework/plan.h"

#include <utility>

#include "engine/calendar/working_calendar.h"
#include "engine/casework/apply.h"
#include "engine/casework/counters.h"
#include "engine/casework/documents.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"

namespace onewindow {

Plan::Plan(const CaseRecord& current, const Context& context) : context_(context) {
  outcome_.next = current;
}

void Plan::Add(Event event) { AddAt(context_.at, std::move(event)); }

void Plan::AddAt(Instant at, Event event) {
  *event.mutable_occurred_at() = ToTimestamp(at);
  Apply(outcome_.next, event, context_.sequence);
  outcome_.events.push_back(std::move(event));
}

void Plan::Become(Plan&& further) {
  outcome_ = std::move(further.outcome_);
  given_ = std::move(further.given_);
}

uint32_t Plan::NextSerial(const std::string& series) {
  auto [place, first] = given_.try_emplace(series, 0);
  if (first) place->second = context_.counters.Last(series);
  return ++place->second;
}

Receipt Plan::NextReceipt(std::string_view organisation) {
  const OrganisationIndex& chart = context_.organisation;
  const Organisation* desk = chart.Find(organisation);
  const Organisation* county = desk == nullptr ? nullptr : chart.CountyOf(*desk);
  const std::string division = county == nullptr ? std::string() : county->division_code();
  const Date day = DateOf(context_.at, context_.calendar->zone());
  const uint32_t serial = NextSerial(ReceiptSeries(division, day));
  return {.number = ReceiptNumber(division, day, serial), .serial = serial};
}

uint32_t Plan::Issue(Document::Kind kind, std::string_view issuer) {
  Event event;
  Document& document = *event.mutable_document_issued()->mutable_document();
  document.set_kind(kind);
  document.set_issuer(std::string(issuer));
  document.set_year(static_cast<uint32_t>(YearOf(DateOf(context_.at, kBeijing))));
  uint32_t serial = NextSerial(SeriesOf(document));
  document.set_serial(serial);
  Add(std::move(event));
  return serial;
}

}  // namespace onewindow
