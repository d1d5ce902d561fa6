#include "services/supervision/lists.h"

#include <string>

#include "engine/clock/timestamp.h"
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

}  // namespace

Reply<ListDueResponse> ListDue(const ListDueRequest& request, Light light, const Engine& engine) {
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto rows = engine.ListDue({.light = light, .organisation = request.organisation()},
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

Reply<CountLightsResponse> CountLights(const Engine& engine) {
  const LightCounts counts = engine.CountLights();
  CountLightsResponse response;
  response.set_normal(counts.normal);
  response.set_near(counts.near);
  response.set_overdue(counts.overdue);
  return response;
}

Reply<ListCardsResponse> ListCards(const ListCardsRequest& request, const Engine& engine) {
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto rows = engine.ListCards(request.organisation(), std::get<PageRequest>(page));
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

Reply<ListOrdersResponse> ListOrders(const ListOrdersRequest& request, const Engine& engine) {
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto rows =
      engine.ListOrders({.organisation = request.organisation(), .which = Asked(request.which())},
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
                                                     const Engine& engine) {
  const ProcessingTimesAnswer times = engine.GetProcessingTimes(
      {.item = request.item(), .department = request.department(), .township = request.township()});
  GetProcessingTimesResponse response;
  *response.mutable_total() = Shown(times.total);
  for (const ProcessingTimes& row : times.rows) *response.add_rows() = Shown(row);
  return response;
}

}  // namespace onewindow
