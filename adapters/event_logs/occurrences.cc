#include "adapters/event_logs/occurrences.h"

#include <algorithm>
#include <utility>

#include "adapters/event_logs/log_reader.h"
#include "adapters/event_logs/record_bytes.h"
#include "adapters/event_logs/rows_by_case.h"

namespace onewindow {
namespace {

using Placement = LoggedEvent::Placement;

// What comes first at the same instant.
enum class Phase : uint64_t { kStart, kEvent, kEnd, kEventAfterEnd };

// Format: key = at phase occurred-at row; value = line column, then a case
// (id start [deadline] [end] channel-name department) or an event
// (case-id activity resource group placement), as the phase says.
RecordWriter OccurrenceKey(Instant at, Phase phase, Instant occurred_at, uint64_t row) {
  RecordWriter key;
  key.Time(at).Number(static_cast<uint64_t>(phase)).Time(occurred_at).Number(row);
  return key;
}

RecordWriter CaseValue(TextPosition position, const LoggedCase& record) {
  RecordWriter value;
  value.Number(position.line)
      .Number(position.column)
      .Text(record.id)
      .Time(record.start)
      .OptionalTime(record.deadline)
      .OptionalTime(record.end)
      .Text(record.channel_name)
      .Text(record.department);
  return value;
}

RecordWriter EventValue(const EventOfRow& event, Placement placement) {
  RecordWriter value;
  value.Number(event.position.line)
      .Number(event.position.column)
      .Text(event.case_id)
      .Text(event.activity)
      .Text(event.resource)
      .Text(event.group)
      .Number(static_cast<uint64_t>(placement));
  return value;
}

LoggedCase ReadCase(RecordReader& value, const RowMapper& mapper) {
  LoggedCase record;
  record.id = value.Text();
  record.start = value.Time();
  record.deadline = value.OptionalTime();
  record.end = value.OptionalTime();
  record.channel_name = value.Text();
  record.channel = mapper.ChannelOf(record.channel_name).value_or(CHANNEL_UNSPECIFIED);
  record.department = value.Text();
  return record;
}

LoggedEvent ReadEvent(RecordReader& value) {
  LoggedEvent event;
  event.case_id = value.Text();
  event.activity = value.Text();
  event.resource = value.Text();
  event.group = value.Text();
  event.placement = static_cast<Placement>(value.Number());
  return event;
}

Placement PlacementOf(Instant time, const LoggedCase& record) {
  if (time < record.start) return Placement::kBeforeStart;
  if (record.end && time > *record.end) return Placement::kAfterEnd;
  return Placement::kWithin;
}

// Turns the rows of one case after the other into occurrences, in any order.
class CaseTeller {
 public:
  // Requires: all of these outlive the teller.
  CaseTeller(const RowMapper& mapper, const Occurrences::Options& options, ExternalSort& by_time,
             LogTotals& totals)
      : mapper_(mapper), options_(options), by_time_(by_time), totals_(totals) {}

  // The first of a case's rows, in the order of the file, opens the case.
  Status Take(const CaseFactsOfRow& row) {
    if (totals_.cases == 0 || record_.id != row.case_id) {
      record_ = LoggedCase();
      record_.id = row.case_id;
      first_row_ = row;
      start_.reset();
      told_ = false;
      ++totals_.cases;
    }
    Keep(LogField::kChannel, row, row.facts.channel, record_.channel_name);
    Keep(LogField::kDepartment, row, row.facts.department, record_.department);
    Keep(LogField::kStart, row, row.facts.start, start_);
    Keep(LogField::kDeadline, row, row.facts.deadline, record_.deadline);
    Keep(LogField::kEnd, row, row.facts.end, record_.end);
    return {};
  }

  // All facts of the case have been taken, and this is its next event.
  Status Take(const EventOfRow& event) {
    if (!told_) {
      record_.start = start_.value_or(event.time);
      if (Status status = TellCase(); !status.ok()) return status;
      told_ = true;
    }
    ++totals_.events;
    totals_.last_event_at = std::max(totals_.last_event_at.value_or(event.time), event.time);
    Placement placement = PlacementOf(event.time, record_);
    Phase phase = placement == Placement::kAfterEnd ? Phase::kEventAfterEnd : Phase::kEvent;
    Instant at = std::max(event.time, record_.start);
    return by_time_.Add(OccurrenceKey(at, phase, event.time, event.row).bytes(),
                        EventValue(event, placement).bytes());
  }

 private:
  template <typename Value>
  void Keep(LogField field, const CaseFactsOfRow& row, const Value& said, Value& kept) {
    if (said == Value() || said == kept) return;
    if (kept == Value()) {
      kept = said;
      return;
    }
    ++totals_.contradictions;
    options_.on_problem({.kind = RowProblem::Kind::kContradiction,
                         .position = row.position,
                         .reason = mapper_.columns()[field] + " of case " + row.case_id +
                                   " differs from what an earlier row says, which is kept"});
  }

  Status TellCase() {
    std::string value = CaseValue(first_row_.position, record_).bytes();
    Status started = by_time_.Add(
        OccurrenceKey(record_.start, Phase::kStart, record_.start, first_row_.row).bytes(), value);
    if (!started.ok() || !record_.end) return started;
    ++totals_.ended_cases;
    Instant at = std::max(*record_.end, record_.start);
    return by_time_.Add(OccurrenceKey(at, Phase::kEnd, *record_.end, first_row_.row).bytes(),
                        value);
  }

  const RowMapper& mapper_;
  const Occurrences::Options& options_;
  ExternalSort& by_time_;
  LogTotals& totals_;

  LoggedCase record_;
  CaseFactsOfRow first_row_;
  std::optional<Instant> start_;  // As the log says.
  bool told_ = false;             // Its start and end are in by_time_.
};

Status TellCases(RowsByCase& rows, CaseTeller& teller) {
  while (true) {
    auto item = rows.Next();
    if (!item.ok()) return item.fault();
    if (!item.value()) return {};
    Status status = std::visit([&](const auto& row) { return teller.Take(row); }, *item.value());
    if (!status.ok()) return status;
  }
}

}  // namespace

Result<Occurrences> Occurrences::Read(const LogMapping& mapping, Options options) {
  if (!options.on_problem) options.on_problem = [](const RowProblem&) {};
  if (!options.on_progress) options.on_progress = [](const ReadProgress&) {};
  auto mapper = RowMapper::Make(mapping);
  if (!mapper.ok()) return mapper.fault();

  // For a moment one sort is read and the other filled.
  ExternalSort::Options half{.directory = options.temp_directory,
                             .memory_bytes = options.memory_bytes / 2};
  Occurrences result(std::move(mapper).value(), ExternalSort(half));
  RowsByCase rows(half);
  LogSink sink{.on_row = [&rows](const LogRow& row) { return rows.Add(row); },
               .on_problem = options.on_problem,
               .on_progress = options.on_progress};
  auto reading = ReadLog(options.log, result.mapper_, sink);
  if (!reading.ok()) return reading.fault();
  const RowCounts& counts = reading.value().rows;
  result.broken_ = reading.value().broken;
  bool nothing_was_read = counts.usable + counts.unusable + counts.ignored == 0;
  if (result.broken_ && nothing_was_read) return *result.broken_;
  result.totals_.unusable_rows = counts.unusable;
  result.totals_.ignored_rows = counts.ignored;

  if (Status status = rows.Finish(); !status.ok()) return status.fault();
  CaseTeller teller(result.mapper_, options, result.by_time_, result.totals_);
  if (Status status = TellCases(rows, teller); !status.ok()) return status.fault();
  if (Status status = result.by_time_.Finish(); !status.ok()) return status.fault();
  return result;
}

Result<std::optional<Occurrence>> Occurrences::Next() {
  auto record = by_time_.Next();
  if (!record.ok()) return record.fault();
  if (!record.value()) return std::optional<Occurrence>();
  RecordReader key(record.value()->key);
  RecordReader value(record.value()->value);
  Occurrence occurrence;
  occurrence.at = key.Time();
  auto phase = static_cast<Phase>(key.Number());
  occurrence.occurred_at = key.Time();
  occurrence.position.line = value.Number();
  occurrence.position.column = value.Number();
  switch (phase) {
    case Phase::kStart:
      occurrence.what = LoggedStart{ReadCase(value, mapper_)};
      break;
    case Phase::kEnd:
      occurrence.what = LoggedEnd{ReadCase(value, mapper_)};
      break;
    case Phase::kEvent:
    case Phase::kEventAfterEnd:
      occurrence.what = ReadEvent(value);
      break;
  }
  return std::optional(std::move(occurrence));
}

}  // namespace onewindow
