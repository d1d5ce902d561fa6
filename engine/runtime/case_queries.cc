#include "engine/runtime/case_queries.h"

#include <algorithm>
#include <shared_mutex>
#include <utility>
#include <vector>

#include "engine/catalog/catalogue.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "engine/runtime/case_store.h"
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

Result<Page<LoggedCommand>> CaseQueries::Timeline(CaseId case_id, const PageRequest& page) const {
  const std::string list = "timeline/" + std::to_string(case_id.value);
  Result<std::optional<std::string>> place = PlaceOfCursor(list, page.cursor);
  if (!place.ok()) return place.fault();
  const uint64_t after = place.value() ? ByteReader(*place.value()).U64() : 0;
  Result<std::optional<CaseRecord>> record = Get(case_id);
  if (!record.ok()) return record.fault();
  Page<LoggedCommand> rows;
  if (!record.value()) return rows;

  const auto& history = record.value()->history();
  std::vector<Sequence> sequences;
  auto next = std::upper_bound(history.begin(), history.end(), after);
  for (; next != history.end() && sequences.size() < RowsOf(page); ++next) {
    sequences.push_back(Sequence{*next});
  }
  Result<std::vector<LoggedCommand>> commands = LogReader(*store_).ReadEach(sequences);
  if (!commands.ok()) return commands.fault();
  rows.rows = std::move(commands).value();
  if (next != history.end()) {
    rows.next_cursor = MakeCursor(list, ByteWriter().U64(sequences.back().value).Take());
  }
  return rows;
}

Result<Page<CardRow>> CaseQueries::ListCards(std::string_view organisation,
                                             const PageRequest& page) const {
  OrganisationNumber recipient;
  if (!organisation.empty()) {
    const std::shared_ptr<const Published> published = PublishedNow(*state_);
    const Organisation* found = published->organisation->Find(organisation);
    if (found == nullptr) {
      return Fault{FaultKind::kNotFound,
                   "there is no organisation '" + std::string(organisation) + "'"};
    }
    recipient = OrganisationNumber{found->number()};
  }
  Result<KeyPage> keys = ScanKeys(*store_, "cards/" + std::string(organisation),
                                  CardRange(recipient), Direction::kForward, page);
  if (!keys.ok()) return keys.fault();
  Page<CardRow> rows;
  rows.next_cursor = std::move(keys.value().next_cursor);
  for (const std::string& key : keys.value().keys) {
    Result<CardRow> row = ReadCard(key);
    if (!row.ok()) return row.fault();
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

}  // namespace onewindow
