#include "adapters/event_logs/rows_by_case.h"

#include "adapters/event_logs/record_bytes.h"

namespace onewindow {
namespace {

constexpr uint64_t kFacts = 0;
constexpr uint64_t kEvent = 1;

CaseFactsOfRow ReadFacts(std::string case_id, RecordReader& key, RecordReader& value) {
  CaseFactsOfRow item;
  item.case_id = std::move(case_id);
  item.row = key.Number();
  item.position.line = value.Number();
  item.position.column = value.Number();
  item.facts.channel = value.Text();
  item.facts.department = value.Text();
  item.facts.start = value.OptionalTime();
  item.facts.deadline = value.OptionalTime();
  item.facts.end = value.OptionalTime();
  return item;
}

EventOfRow ReadEvent(std::string case_id, RecordReader& key, RecordReader& value) {
  EventOfRow item;
  item.case_id = std::move(case_id);
  item.time = key.Time();
  item.row = key.Number();
  item.position.line = value.Number();
  item.position.column = value.Number();
  item.activity = value.Text();
  item.resource = value.Text();
  item.group = value.Text();
  return item;
}

}  // namespace

Status RowsByCase::Add(const LogRow& row) {
  bool says_the_same = last_case_id_ == row.case_id && last_facts_ == row.case_facts;
  if (!says_the_same) {
    if (Status status = AddFacts(row); !status.ok()) return status;
    last_case_id_ = row.case_id;
    last_facts_ = row.case_facts;
  }
  Status status = AddEvent(row);
  ++rows_;
  return status;
}

Status RowsByCase::AddFacts(const LogRow& row) {
  RecordWriter key;
  key.Text(row.case_id).Number(kFacts).Number(rows_);
  RecordWriter value;
  value.Number(row.position.line)
      .Number(row.position.column)
      .Text(row.case_facts.channel)
      .Text(row.case_facts.department)
      .OptionalTime(row.case_facts.start)
      .OptionalTime(row.case_facts.deadline)
      .OptionalTime(row.case_facts.end);
  return sort_.Add(key.bytes(), value.bytes());
}

Status RowsByCase::AddEvent(const LogRow& row) {
  RecordWriter key;
  key.Text(row.case_id).Number(kEvent).Time(row.time).Number(rows_);
  RecordWriter value;
  value.Number(row.position.line)
      .Number(row.position.column)
      .Text(row.activity)
      .Text(row.resource)
      .Text(row.group);
  return sort_.Add(key.bytes(), value.bytes());
}

Result<std::optional<RowsByCase::Item>> RowsByCase::Next() {
  auto record = sort_.Next();
  if (!record.ok()) return record.fault();
  if (!record.value()) return std::optional<Item>();
  RecordReader key(record.value()->key);
  RecordReader value(record.value()->value);
  std::string case_id = key.Text();
  if (key.Number() == kFacts) {
    return std::optional<Item>(ReadFacts(std::move(case_id), key, value));
  }
  return std::optional<Item>(ReadEvent(std::move(case_id), key, value));
}

}  // namespace onewindow
