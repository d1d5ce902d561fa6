#include "services/front_desk/accompanied.h"

#include "engine/casework/holders.h"
#include "engine/casework/rejections.h"
#include "engine/clock/timestamp.h"
#include "services/rpc/case_view.h"
#include "services/rpc/page_token.h"

namespace onewindow {
namespace {

AccompaniedEntry EntryOf(const AccompaniedRow& row, const Published& published) {
  const CaseRecord& record = row.record;
  AccompaniedEntry entry;
  entry.set_case_id(record.id());
  entry.set_receipt_number(record.receipt_number());
  entry.set_item(record.item());
  entry.set_item_name(ItemName(record, published));
  entry.set_stage(record.stage());
  *entry.mutable_tasks() = record.tasks();
  if (row.due_at) *entry.mutable_due_at() = ToTimestamp(*row.due_at);
  entry.set_light(row.light);
  entry.set_urgings(record.urgings());
  for (const Holder& holder : HoldersOf(record)) entry.add_held_by(holder.organisation);
  return entry;
}

}  // namespace

Reply<ListAccompaniedResponse> ListAccompanied(const ListAccompaniedRequest& request,
                                               const Engine& engine) {
  if (request.position().empty()) {
    return RefusedField(FIELD_MISSING, "position", "expected whose cases are asked for");
  }
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto rows = engine.ListAccompanied(request.position(), std::get<PageRequest>(page));
  if (!rows.ok() && rows.fault().kind == FaultKind::kInvalid) return BadPageToken();
  if (!rows.ok()) return rows.fault();

  ListAccompaniedResponse response;
  const auto published = engine.published();
  for (const AccompaniedRow& row : rows.value().rows) {
    *response.add_entries() = EntryOf(row, *published);
  }
  response.set_next_page_token(tokens.Write(rows.value().next_cursor));
  return response;
}

}  // namespace onewindow
