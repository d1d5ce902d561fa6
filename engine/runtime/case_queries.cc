#include "engine/runtime/case_queries.h"

#include <algorithm>
#include <shared_mutex>
#include <utility>
#include <vector>

#include "engine/catalog/catalogue.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "engine/runtime/case_store.h"
#include "engine/runtime/county_view.h"
#include "engine/runtime/cursor.h"
#include "engine/runtime/log_reader.h"
#include "engine/tables/bytes.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

// The keys of one page of a range, and where the next begins.
struct KeyPage {
  std::vector<std::string> keys;
  std::string next_cursor;
};

Result<KeyPage> ScanKeys(const Reader& store, const std::string& list, KeyRange range,
                         Direction direction, const PageRequest& page) {
  Result<std::optional<std::string>> place = PlaceOfCursor(list, page.cursor);
  if (!place.ok()) return place.fault();
  const bool forward = direction == Direction::kForward;
  if (place.value()) (forward ? range.from : range.until) = *place.value();

  KeyPage found;
  Result<ScanEnd> end =
      store.Scan(families::kDirectory, range, {.direction = direction, .limit = RowsOf(page)},
                 [&found](std::string_view key, std::string_view) {
                   found.keys.emplace_back(key);
                   return Visit::kContinue;
                 });
  if (!end.ok()) return end.fault();
  if (const auto& rest = end.value().rest) {
    found.next_cursor = MakeCursor(list, forward ? rest->from : rest->until);
  }
  return found;
}

bool IsAskedFor(const OrderRow& row, OrderQuery::Which which) {
  switch (which) {
    case OrderQuery::Which::kAll:
      return true;
    case OrderQuery::Which::kOpen:
      return !row.order.has_answered_at();
    case OrderQuery::Which::kOverdue:
      return row.overdue;
  }
  return true;
}

}  // namespace

size_t RowsOf(const PageRequest& page) { return std::clamp<size_t>(page.size, 1, kPageSizeMax); }

std::shared_ptr<const Published> PublishedNow(const PartitionState& state) {
  std::shared_lock lock(state.mutex);
  return state.published;
}

Result<std::optional<CaseRecord>> CaseQueries::Get(CaseId case_id) const {
  Result<std::optional<CommittedCase>> found = ReadCase(*store_, case_id);
  if (!found.ok()) return found.fault();
  if (!found.value()) return std::optional<CaseRecord>();
  return std::optional(*found.value()->record);
}

Result<std::optional<CaseRecord>> CaseQueries::FindByReceipt(
    std::string_view receipt_number) const {
  Result<std::optional<std::string>> value =
      store_->Get(families::kDirectory, ReceiptKey(receipt_number));
  if (!value.ok()) return value.fault();
  if (!value.value()) return std::optional<CaseRecord>();
  const std::optional<CaseId> case_id = CaseOfValue(*value.value());
  if (!case_id) return Fault{FaultKind::kCorrupt, "a receipt's row is damaged"};
  return Get(*case_id);
}

Result<Page<CaseRecord>> CaseQueries::FindByApplicant(std::string_view pseudonym,
                                                      const PageRequest& page) const {
  return ReadDirectory("applicant/" + std::string(pseudonym), ApplicantRange(pseudonym), page);
}

Result<Page<CaseRecord>> CaseQueries::FindByItemAndDay(std::string_view item, Date day,
                                                       const PageRequest& page) const {
  const std::shared_ptr<const Published> published = PublishedNow(*state_);
  const ServiceItem* found = published->catalogue->Current(item);
  if (found == nullptr) return Page<CaseRecord>();
  const std::string list = "day/" + std::string(item) + "/" + FormatDate(day);
  return ReadDirectory(list, ItemDayRange(ItemNumber{found->number()}, day), page);
}

// Case ids ascend with time: backwards the newest comes first.
Result<Page<CaseRecord>> CaseQueries::ReadDirectory(const std::string& list, KeyRange range,
                                                    const PageRequest& page) const {
  Result<KeyPage> keys = ScanKeys(*store_, list, std::move(range), Direction::kBackward, page);
  if (!keys.ok()) return keys.fault();
  Page<CaseRecord> rows;
  rows.next_cursor = std::move(keys.value().next_cursor);
  for (const std::string& key : keys.value().keys) {
    Result<std::optional<CaseRecord>> record = Get(CaseOfDirectoryKey(key));
    if (!record.ok()) return record.fault();
    if (!record.value()) return Fault{FaultKind::kCorrupt, "the directory names no case"};
    rows.rows.push_back(*std::move(record).value());
  }
  return rows;
}

// History ascends.
Result<Page<LoggedCommand>> CaseQueries::Timeline(CaseId case_id, const PageRequest& page) const {
  Result<std::optional<CaseRecord>> record = Get(case_id);
  if (!record.ok()) return record.fault();
  const CaseRecord found = std::move(record).value().value_or(CaseRecord());
  const auto& all = found.history();
  const std::string list = "timeline/" + std::to_string(case_id.value);
  Result<std::optional<std::string>> place = PlaceOfCursor(list, page.cursor);
  if (!place.ok()) return place.fault();
  const uint64_t after = place.value() ? ByteReader(*place.value()).U64() : 0;
  std::vector<Sequence> sequences;
  auto next = std::upper_bound(all.begin(), all.end(), after);
  for (; next != all.end() && sequences.size() < RowsOf(page); ++next) {
    sequences.push_back(Sequence{*next});
  }
  if (next == all.end()) return ReadCommands(sequences, "");
  return ReadCommands(sequences,
                      MakeCursor(list, ByteWriter().U64(sequences.back().value).Take()));
}

Result<Page<LoggedCommand>> CaseQueries::Readings(CaseId case_id, const PageRequest& page) const {
  Result<KeyPage> keys = ScanKeys(*store_, "readings/" + std::to_string(case_id.value),
                                  ReadingRange(case_id), Direction::kForward, page);
  if (!keys.ok()) return keys.fault();
  std::vector<Sequence> sequences;
  for (const std::string& key : keys.value().keys) sequences.push_back(SequenceOfReadingKey(key));
  return ReadCommands(sequences, std::move(keys.value().next_cursor));
}

Result<Page<LoggedCommand>> CaseQueries::ReadCommands(const std::vector<Sequence>& sequences,
                                                      std::string next_cursor) const {
  Result<std::vector<LoggedCommand>> commands = LogReader(*store_).ReadEach(sequences);
  if (!commands.ok()) return commands.fault();
  return Page<LoggedCommand>{.rows = std::move(commands).value(),
                             .next_cursor = std::move(next_cursor)};
}

Result<OrganisationNumber> CaseQueries::RecipientOf(std::string_view organisation) const {
  if (organisation.empty()) return OrganisationNumber{};
  const std::shared_ptr<const Published> published = PublishedNow(*state_);
  const Organisation* found = published->organisation->Find(organisation);
  if (found == nullptr) {
    return Fault{FaultKind::kNotFound,
                 "there is no organisation '" + std::string(organisation) + "'"};
  }
  return OrganisationNumber{found->number()};
}

// A page of another county's cards may be short or empty; its cursor goes on.
Result<Page<CardRow>> CaseQueries::ListCards(const CardQuery& query,
                                             const PageRequest& page) const {
  Result<CountyView> county = CountyView::Of(query.position, *PublishedNow(*state_)->organisation);
  if (!county.ok()) return county.fault();
  Result<OrganisationNumber> recipient = RecipientOf(query.organisation);
  if (!recipient.ok()) return recipient.fault();
  Result<KeyPage> keys = ScanKeys(*store_, "cards/" + query.organisation,
                                  CardRange(recipient.value()), Direction::kForward, page);
  if (!keys.ok()) return keys.fault();
  Page<CardRow> rows;
  rows.next_cursor = std::move(keys.value().next_cursor);
  for (const std::string& key : keys.value().keys) {
    Result<CardRow> row = ReadCard(key);
    if (!row.ok()) return row.fault();
    if (!county.value().Has(row.value().card.organisation())) continue;
    rows.rows.push_back(std::move(row).value());
  }
  return rows;
}

Result<CardRow> CaseQueries::ReadCard(std::string_view key) const {
  const CardPlace place = PlaceOfCardKey(key);
  Result<LoggedCommand> logged = LogReader(*store_).Read(place.sequence);
  if (!logged.ok()) return logged.fault();
  if (place.index >= logged.value().events_size() ||
      !logged.value().events(place.index).has_card_issued()) {
    return Fault{FaultKind::kCorrupt, "the directory names no card"};
  }
  const Event& event = logged.value().events(place.index);
  return CardRow{.case_id = CaseId{logged.value().case_id()},
                 .sequence = place.sequence,
                 .issued_at = ToInstant(event.occurred_at()),
                 .card = event.card_issued()};
}

// A page looks at so many orders as it may have rows: what the query leaves out makes it shorter.
Result<Page<OrderRow>> CaseQueries::ListOrders(const OrderQuery& query, const PageRequest& page,
                                               Instant now) const {
  Result<CountyView> county = CountyView::Of(query.position, *PublishedNow(*state_)->organisation);
  if (!county.ok()) return county.fault();
  Result<OrganisationNumber> recipient = RecipientOf(query.organisation);
  if (!recipient.ok()) return recipient.fault();
  Result<KeyPage> keys = ScanKeys(*store_, "orders/" + query.organisation,
                                  OrderRange(recipient.value()), Direction::kForward, page);
  if (!keys.ok()) return keys.fault();
  Page<OrderRow> rows;
  rows.next_cursor = std::move(keys.value().next_cursor);
  for (const std::string& key : keys.value().keys) {
    Result<OrderRow> row = ReadOrder(key, now);
    if (!row.ok()) return row.fault();
    if (!county.value().Has(row.value().order.organisation())) continue;
    if (IsAskedFor(row.value(), query.which)) rows.rows.push_back(std::move(row).value());
  }
  return rows;
}

Result<OrderRow> CaseQueries::ReadOrder(std::string_view key, Instant now) const {
  const Fault nothing{FaultKind::kCorrupt, "the directory names no order"};
  const CardPlace place = PlaceOfCardKey(key);
  Result<LoggedCommand> logged = LogReader(*store_).Read(place.sequence);
  if (!logged.ok()) return logged.fault();
  if (place.index >= logged.value().events_size()) return nothing;
  const Event& event = logged.value().events(place.index);
  Result<std::optional<CaseRecord>> record = Get(CaseId{logged.value().case_id()});
  if (!record.ok()) return record.fault();
  if (!record.value()) return nothing;
  const auto& orders = record.value()->orders();
  const auto order =
      std::ranges::find(orders, event.supervision_ordered().order().id(), &SupervisionOrder::id);
  if (order == orders.end()) return nothing;
  return OrderRow{.case_id = CaseId{record.value()->id()},
                  .receipt_number = record.value()->receipt_number(),
                  .ordered_at = ToInstant(event.occurred_at()),
                  .order = *order,
                  .overdue = !order->has_answered_at() && now > ToInstant(order->reply_by())};
}

}  // namespace onewindow
