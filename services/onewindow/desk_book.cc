#include "services/onewindow/desk_book.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "engine/base/check.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

constexpr std::string_view kProvisional = "临-";

std::string SeriesOf(std::string_view position, std::string_view desk, Date day) {
  std::string compact = FormatDate(day);
  std::erase(compact, '-');
  return std::string(position) + "-" + std::string(desk) + "-" + compact;
}

// "zhaozhen-window-1-7k3m-20261121-0001", for what takes no Chinese.
std::string_view PlainNumber(std::string_view number) {
  CHECK(number.starts_with(kProvisional)) << number;
  return number.substr(kProvisional.size());
}

// What the record is about; empty where that is no case.
std::string_view NumberIn(const DeskRecord& record) {
  switch (record.what_case()) {
    case DeskRecord::kEntered:
      return record.entered().provisional_number();
    case DeskRecord::kCancelled:
      return record.cancelled().provisional_number();
    case DeskRecord::kAttempted:
      return record.attempted().provisional_number();
    case DeskRecord::kSent:
      return record.sent().provisional_number();
    case DeskRecord::kHeldBack:
      return record.held_back().provisional_number();
    case DeskRecord::kSerials:
    case DeskRecord::kMade:
    case DeskRecord::WHAT_NOT_SET:
      break;
  }
  return {};
}

}  // namespace

Instant DeskCase::occurred_at() const {
  return ToInstant(entry.submission().envelope().occurred_at());
}

DeskBook::DeskBook(const std::vector<DeskRecord>& records) {
  for (const DeskRecord& record : records) Take(record);
}

void DeskBook::Take(const DeskRecord& record) {
  if (record.has_serials()) {
    for (const SerialSeries& series : record.serials().series()) {
      serials_[series.name()] = series.last();
    }
    return;
  }
  if (record.has_made()) {
    desk_ = record.made().desk();
    return;
  }
  DeskCase& known = cases_[std::string(NumberIn(record))];
  if (record.has_entered()) {
    known.entry = record.entered();
    const std::string_view plain = PlainNumber(known.number());
    const size_t dash = plain.rfind('-');
    uint32_t serial = 0;
    std::from_chars(plain.data() + dash + 1, plain.data() + plain.size(), serial);
    uint32_t& last = serials_[std::string(plain.substr(0, dash))];
    last = std::max(last, serial);
  } else if (record.has_attempted()) {
    known.state = DeskLine::IN_DOUBT;
    known.attempted_at = ToInstant(record.attempted().at());
  } else if (record.has_held_back()) {
    known.state = DeskLine::HELD_BACK;
    known.held_back = record.held_back();
  } else if (record.has_sent()) {
    known.state = DeskLine::SENT;
    known.sent = record.sent();
    known.settled_at = ToInstant(record.sent().at());
  } else if (record.has_cancelled()) {
    known.state = DeskLine::CANCELLED;
    known.settled_at = ToInstant(record.cancelled().at());
  }
}

const DeskCase* DeskBook::Find(const std::string& number) const {
  const auto found = cases_.find(number);
  return found == cases_.end() ? nullptr : &found->second;
}

std::vector<const DeskCase*> DeskBook::Cases() const {
  std::vector<const DeskCase*> cases;
  for (const auto& [number, known] : cases_) cases.push_back(&known);
  std::stable_sort(cases.begin(), cases.end(), [](const DeskCase* one, const DeskCase* other) {
    return one->occurred_at() < other->occurred_at();
  });
  return cases;
}

std::string DeskBook::NextNumber(std::string_view position, Date day) const {
  const std::string series = SeriesOf(position, desk_, day);
  const auto last = serials_.find(series);
  char serial[16];
  std::snprintf(serial, sizeof serial, "-%04u", last == serials_.end() ? 1 : last->second + 1);
  return std::string(kProvisional) + series + serial;
}

std::vector<DeskRecord> DeskBook::Purged(const std::vector<DeskRecord>& records,
                                         Instant before) const {
  std::vector<DeskRecord> kept(2);
  kept[0].mutable_made()->set_desk(desk_);
  for (const auto& [name, last] : serials_) {
    SerialSeries& series = *kept[1].mutable_serials()->add_series();
    series.set_name(name);
    series.set_last(last);
  }
  for (const DeskRecord& record : records) {
    if (NumberIn(record).empty()) continue;
    const DeskCase& known = cases_.at(std::string(NumberIn(record)));
    if (!known.settled() || known.settled_at >= before) kept.push_back(record);
  }
  return kept;
}

std::string DeskRequestId(std::string_view provisional_number) {
  return "desk:" + std::string(PlainNumber(provisional_number));
}

}  // namespace onewindow
