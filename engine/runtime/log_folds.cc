#include "engine/runtime/log_folds.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/calendar/working_calendar.h"
#include "engine/casework/apply.h"
#include "engine/catalog/catalogue.h"
#include "engine/clock/timestamp.h"
#include "engine/tables/bytes.h"
#include "engine/tables/schema.h"
#include "onewindow/v1/checkpoint.pb.h"

namespace onewindow {
namespace {

constexpr size_t kRequestBytes = 8 + 4;

Fault Damaged(const char* what) {
  return {FaultKind::kCorrupt, std::string("the checkpoint's ") + what + " are damaged"};
}

FoldCheckpoint ToProto(const LogFolds& folds, const ChainEnd& end) {
  FoldCheckpoint proto;
  proto.set_sequence(end.sequence.value);
  proto.set_hash(end.hash.data(), end.hash.size());
  for (const auto& [name, last] : folds.counters.all()) {
    SerialSeries& series = *proto.add_series();
    series.set_name(name);
    series.set_last(last);
  }
  std::sort(proto.mutable_series()->pointer_begin(), proto.mutable_series()->pointer_end(),
            [](const SerialSeries* a, const SerialSeries* b) { return a->name() < b->name(); });
  for (TallyCell& cell : folds.tally.ToProto()) *proto.add_cells() = std::move(cell);
  for (DemandCell& cell : folds.demands.ToProto()) *proto.add_demands() = std::move(cell);
  for (LateEntriesCell& cell : folds.late_entries.ToProto()) {
    *proto.add_late_entries() = std::move(cell);
  }
  return proto;
}

Result<Checkpoint> FromProto(const FoldCheckpoint& proto) {
  Checkpoint checkpoint;
  checkpoint.end.sequence = Sequence{proto.sequence()};
  if (proto.hash().size() != checkpoint.end.hash.size()) return Damaged("hash");
  std::ranges::copy(proto.hash(), checkpoint.end.hash.begin());
  for (const SerialSeries& series : proto.series()) {
    checkpoint.folds.counters.Advance(series.name(), series.last());
  }
  Result<ProcessingTally> tally = ProcessingTally::FromProto(proto.cells());
  if (!tally.ok()) return tally.fault();
  checkpoint.folds.tally = std::move(tally).value();
  checkpoint.folds.demands = DemandTally::FromProto(proto.demands());
  Result<LateEntries> late_entries = LateEntries::FromProto(proto.late_entries());
  if (!late_entries.ok()) return late_entries.fault();
  checkpoint.folds.late_entries = std::move(late_entries).value();
  return checkpoint;
}

uint32_t SecondsOf(Instant instant) {
  return static_cast<uint32_t>(
      std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch()).count());
}

RememberedRequest RequestOf(const LoggedCommand& logged) {
  // To the second, as a checkpoint holds it: a restart must not change what is remembered.
  const Instant recorded_at(std::chrono::seconds(SecondsOf(ToInstant(logged.recorded_at()))));
  return {.hash = RecentRequests::HashOf(logged.caller().person(), logged.request_id()),
          .recorded_at = recorded_at};
}

}  // namespace

bool IsTallied(const LoggedCommand& logged) {
  return std::ranges::any_of(
      logged.events(), [](const Event& event) { return IsTallied(event) || IsDemand(event); });
}

void Fold(LogFolds& folds, const LoggedCommand& logged, const CaseRecord* before,
          const CaseRecord* after, const Published& published) {
  for (const Event& event : logged.events()) Apply(folds.counters, event);
  folds.requests.Remember(Sequence{logged.sequence()}, RequestOf(logged));
  folds.late_entries.Add(logged, *published.organisation);
  if (!IsTallied(logged)) return;
  const ServiceItem* item = published.catalogue->Find(after->item(), after->item_version());
  folds.tally.Add(*before, *after, *published.organisation, CalendarOf(published, item));
  folds.demands.Add(logged, *after);
}

const WorkingCalendar* CalendarOf(const Published& published, const ServiceItem* item) {
  if (item == nullptr) return nullptr;
  const auto found = published.calendars.find(item->calendar());
  return found == published.calendars.end() ? nullptr : found->second.get();
}

Result<Checkpoint> Checkpoints::Read(const Reader& store) {
  Result<std::optional<std::string>> bytes = store.Get(families::kCheckpoints, kFoldsKey);
  if (!bytes.ok()) return bytes.fault();
  if (!bytes.value()) return Checkpoint();
  FoldCheckpoint proto;
  if (!proto.ParseFromString(*bytes.value())) return Damaged("bytes");
  Result<Checkpoint> checkpoint = FromProto(proto);
  if (!checkpoint.ok()) return checkpoint.fault();
  sequence_ = checkpoint.value().end.sequence;
  RecentRequests& requests = checkpoint.value().folds.requests;
  if (Status status = ReadRequests(store, requests); !status.ok()) return status.fault();
  if (sequence_ && requests.next() != Sequence{sequence_.value + 1}) {
    return Damaged("request ids");
  }
  return checkpoint;
}

Status Checkpoints::ReadRequests(const Reader& store, RecentRequests& requests) {
  Status status;
  Result<ScanEnd> end =
      store.Scan(families::kCheckpoints, RequestsRange(), {},
                 [&](std::string_view key, std::string_view value) {
                   Sequence sequence = FirstOfRequestsKey(key);
                   pieces_.push_back(sequence);
                   const bool follows = pieces_.size() == 1 || requests.next() == sequence;
                   if (!follows || value.size() % kRequestBytes != 0) {
                     status = Damaged("request ids");
                     return Visit::kStop;
                   }
                   for (ByteReader reader(value); !reader.rest().empty(); ++sequence.value) {
                     const uint64_t hash = reader.U64();
                     const Instant recorded_at(std::chrono::seconds(reader.U32()));
                     requests.Remember(sequence, {.hash = hash, .recorded_at = recorded_at});
                   }
                   return Visit::kContinue;
                 });
  if (!end.ok()) return end.fault();
  return status;
}

void Checkpoints::Put(Batch& batch, const LogFolds& folds, const ChainEnd& end) {
  next_sequence_ = end.sequence;
  next_pieces_ = pieces_;
  if (end.sequence == sequence_) return;
  batch.Put(families::kCheckpoints, kFoldsKey, ToProto(folds, end).SerializeAsString());

  const Sequence first = std::max(Sequence{sequence_.value + 1}, folds.requests.first());
  ByteWriter piece((end.sequence.value + 1 - first.value) * kRequestBytes);
  for (Sequence at = first; at <= end.sequence; ++at.value) {
    const RememberedRequest& request = folds.requests.At(at);
    piece.U64(request.hash).U32(SecondsOf(request.recorded_at));
  }
  batch.Put(families::kCheckpoints, RequestsKey(first), piece.Take());
  next_pieces_.push_back(first);
  // A piece is dropped when the one after it begins no later than what is still remembered.
  while (next_pieces_.size() > 1 && next_pieces_[1] <= folds.requests.first()) {
    batch.Delete(families::kCheckpoints, RequestsKey(next_pieces_.front()));
    next_pieces_.erase(next_pieces_.begin());
  }
}

void Checkpoints::Committed() {
  sequence_ = next_sequence_;
  pieces_ = next_pieces_;
}

}  // namespace onewindow
