#include "services/supervision/lists.h"

#include <string>

#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "services/rpc/case_view.h"
#include "services/rpc/page_token.h"

namespace onewindow {
namespace {

// What the engine says of a list that cannot be given.
Rejection NoList(const Fault& fault) {
  if (fault.kind == FaultKind::kNotFound) {
    return RefusedBecause(ORGANISATION_NOT_FOUND, fault.message);
  }
  return BadPageToken();
}

bool IsRefusal(const Fault& fault) {
  return fault.kind == FaultKind::kNotFound || fault.kind == FaultKind::kInvalid;
}

DueEntry EntryOf(const DueRow& row, const Published& published, Instant now) {
  const CaseRecord& record = row.record;
  DueEntry entry;
  entry.set_case_id(record.id());
  entry.set_receipt_number(record.receipt_number());
  entry.set_item(record.item());
  entry.set_item_name(ItemName(record, published));
  entry.set_stage(record.stage());
  entry.set_intake(record.intake());
  entry.set_deciding(record.deciding());
  *entry.mutable_due_at() = ToTimestamp(row.due_at);
  entry.set_light(row.light);
  if (const Clock* clock = ClockDueAt(record, row.due_at)) {
    *entry.mutable_clock() = StandingOf(*clock, published, now);
  }
  *entry.mutable_tasks() = record.tasks();
  return entry;
}

OrderQuery::Which Asked(ListOrdersRequest::Which which) {
  if (which == ListOrdersRequest::OPEN) return OrderQuery::Which::kOpen;
  if (which == ListOrdersRequest::OVERDUE) return OrderQuery::Which::kOverdue;
  return OrderQuery::Which::kAll;
}

DemandEntry EntryOf(const DemandRow& row, const OrganisationIndex& organisation) {
  DemandEntry entry;
  entry.set_department(row.department);
  const Organisation* department = organisation.Find(row.department);
  if (department != nullptr) entry.set_department_name(department->name());
  entry.set_requested(row.figures.requested);
  entry.set_agreed(row.figures.agreed);
  entry.set_declined(row.figures.declined);
  entry.set_countered(row.figures.countered);
  entry.set_given_up(row.figures.given_up);
  entry.set_without_basis(row.figures.without_basis);
  entry.set_hand_downs_refused(row.figures.hand_downs_refused);
  return entry;
}

DurationStatistics Shown(const DurationFigures& figures) {
  DurationStatistics shown;
  shown.set_mean(figures.mean);
  shown.set_p50(figures.p50);
  shown.set_p90(figures.p90);
  shown.set_p99(figures.p99);
  shown.set_max(figures.max);
  return shown;
}

ProcessingTimesRow Shown(const ProcessingTimes& times) {
  ProcessingTimesRow row;
  row.set_item(times.item);
  row.set_department(times.department);
  row.set_township(times.township);
  row.set_received(times.received);
  row.set_finished(times.finished);
  row.set_on_time(times.on_time);
  row.set_late(times.late);
  *row.mutable_wall() = Shown(times.wall);
  *row.mutable_working() = Shown(times.working);
  return row;
}

LateEntriesRow Shown(const LateFigures& late, const OrganisationIndex& chart) {
  LateEntriesRow row;
  row.set_organisation(late.organisation);
  const Organisation* organisation = chart.Find(late.organisation);
  if (organisation != nullptr) row.set_organisation_name(organisation->name());
  row.set_entries(late.entries);
  row.set_gap_seconds(late.gap_seconds);
  *row.mutable_gap() = Shown(late.gap);
  return row;
}

}  // namespace

Reply<ListDueResponse> ListDue(const DueQuestion& question, const Engine& engine) {
  const ListDueRequest& request = question.request;
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto rows = engine.ListDue({.light = question.light,
                              .organisation = request.organisation(),
                              .position = question.caller.position},
                             std::get<PageRequest>(page));
  if (!rows.ok() && IsRefusal(rows.fault())) return NoList(rows.fault());
  if (!rows.ok()) return rows.fault();

  ListDueResponse response;
  const auto published = engine.published();
  const Instant now = engine.Now();
  for (const DueRow& row : rows.value().rows) {
    *response.add_entries() = EntryOf(row, *published, now);
  }
  response.set_next_page_token(tokens.Write(rows.value().next_cursor));
  return response;
}

Reply<CountLightsResponse> CountLights(const Identity& caller, const Engine& engine) {
  const auto counts = engine.CountLights(caller.position);
  if (!counts.ok()) return counts.fault();
  CountLightsResponse response;
  response.set_normal(counts.value().normal);
  response.set_near(counts.value().near);
  response.set_overdue(counts.value().overdue);
  return response;
}

Reply<ListCardsResponse> ListCards(const ListCardsRequest& request, const Identity& caller,
                                   const Engine& engine) {
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto rows =
      engine.ListCards({.organisation = request.organisation(), .position = caller.position},
                       std::get<PageRequest>(page));
  if (!rows.ok() && IsRefusal(rows.fault())) return NoList(rows.fault());
  if (!rows.ok()) return rows.fault();

  ListCardsResponse response;
  for (const CardRow& row : rows.value().rows) {
    CardEntry& entry = *response.add_entries();
    entry.set_case_id(row.case_id.value);
    entry.set_sequence(row.sequence.value);
    *entry.mutable_issued_at() = ToTimestamp(row.issued_at);
    *entry.mutable_card() = row.card;
  }
  response.set_next_page_token(tokens.Write(rows.value().next_cursor));
  return response;
}

Reply<ListOrdersResponse> ListOrders(const ListOrdersRequest& request, const Identity& caller,
                                     const Engine& engine) {
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto rows = engine.ListOrders({.organisation = request.organisation(),
                                 .which = Asked(request.which()),
                                 .position = caller.position},
                                std::get<PageRequest>(page));
  if (!rows.ok() && IsRefusal(rows.fault())) return NoList(rows.fault());
  if (!rows.ok()) return rows.fault();

  ListOrdersResponse response;
  for (const OrderRow& row : rows.value().rows) {
    OrderEntry& entry = *response.add_entries();
    entry.set_case_id(row.case_id.value);
    entry.set_receipt_number(row.receipt_number);
    *entry.mutable_ordered_at() = ToTimestamp(row.ordered_at);
    *entry.mutable_order() = row.order;
    entry.set_overdue(row.overdue);
  }
  response.set_next_page_token(tokens.Write(rows.value().next_cursor));
  return response;
}

Reply<GetProcessingTimesResponse> GetProcessingTimes(const GetProcessingTimesRequest& request,
                                                     const Identity& caller, const Engine& engine) {
  const auto times = engine.GetProcessingTimes({.item = request.item(),
                                                .department = request.department(),
                                                .township = request.township(),
                                                .position = caller.position});
  if (!times.ok()) return times.fault();
  GetProcessingTimesResponse response;
  *response.mutable_total() = Shown(times.value().total);
  for (const ProcessingTimes& row : times.value().rows) *response.add_rows() = Shown(row);
  return response;
}

Reply<ListDemandsResponse> ListDemands(const ListDemandsRequest& request, const Identity& caller,
                                       const Engine& engine) {
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto rows = engine.ListDemands(caller.position, std::get<PageRequest>(page));
  if (!rows.ok() && IsRefusal(rows.fault())) return NoList(rows.fault());
  if (!rows.ok()) return rows.fault();

  ListDemandsResponse response;
  const auto published = engine.published();
  for (const DemandRow& row : rows.value().rows) {
    *response.add_entries() = EntryOf(row, *published->organisation);
  }
  response.set_next_page_token(tokens.Write(rows.value().next_cursor));
  return response;
}

Reply<GetLateEntriesResponse> GetLateEntries(const GetLateEntriesRequest& request,
                                             const Identity& caller, const Engine& engine) {
  const auto late = engine.GetLateEntries(
      {.position = caller.position, .organisation = request.organisation()});
  if (!late.ok()) return NoList(late.fault());
  const auto published = engine.published();
  GetLateEntriesResponse response;
  *response.mutable_total() = Shown(late.value().total, *published->organisation);
  for (const auto& row : late.value().rows) {
    *response.add_rows() = Shown(row, *published->organisation);
  }
  return response;
}

}  // namespace onewindow
