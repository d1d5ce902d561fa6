#include "services/unified_window/ready_list.h"

#include "engine/casework/rejections.h"
#include "engine/organisation/organisation_index.h"
#include "services/rpc/case_view.h"
#include "services/rpc/page_token.h"

namespace onewindow {
namespace {

ReadyEntry EntryOf(const WorklistRow& row, const Published& published) {
  const CaseRecord& record = row.record;
  ReadyEntry entry;
  entry.set_case_id(record.id());
  entry.set_receipt_number(record.receipt_number());
  entry.set_etag(EtagOf(record));
  entry.set_item(record.item());
  entry.set_item_name(ItemName(record, published));
  entry.set_result(record.result());
  entry.set_delivery_mode(record.delivery_mode());
  entry.set_delivery_point(record.delivery_point());
  *entry.mutable_ready_since() = record.tasks(row.task).since();
  return entry;
}

}  // namespace

Reply<ListReadyResponse> ListReady(const ListReadyRequest& request, const Engine& engine) {
  const auto published = engine.published();
  const Position* position = published->organisation->FindPosition(request.position());
  if (position == nullptr) {
    return RefusedField(FIELD_MISSING, "position", "expected whose window is asked for");
  }
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto rows = engine.ListReady(position->organisation(), std::get<PageRequest>(page));
  if (!rows.ok() && rows.fault().kind == FaultKind::kInvalid) return BadPageToken();
  if (!rows.ok()) return rows.fault();

  ListReadyResponse response;
  for (const WorklistRow& row : rows.value().rows)
    *response.add_entries() = EntryOf(row, *published);
  response.set_next_page_token(tokens.Write(rows.value().next_cursor));
  return response;
}

}  // namespace onewindow
