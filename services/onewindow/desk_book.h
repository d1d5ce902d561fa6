#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/desk_journal.pb.h"

namespace onewindow {

// A submission of the desk, and what became of it.
struct DeskCase {
  DeskEntry entry;
  DeskLine::State state = DeskLine::TO_SEND;
  Instant attempted_at;  // While IN_DOUBT.
  Instant settled_at;    // Of SENT and CANCELLED: since when nothing is left to do.
  DeskSent sent;
  DeskHeldBack held_back;  // What came of the last attempt, while HELD_BACK.

  const std::string& number() const { return entry.provisional_number(); }
  // When the paper says that it was taken in.
  Instant occurred_at() const;
  bool settled() const { return state == DeskLine::SENT || state == DeskLine::CANCELLED; }
};

// What the records of a journal come to.
class DeskBook {
 public:
  explicit DeskBook(const std::vector<DeskRecord>& records);
  void Take(const DeskRecord& record);

  // Null where there is no such number.
  const DeskCase* Find(const std::string& number) const;
  // In the order of their papers' time, and at one instant of their numbers.
  std::vector<const DeskCase*> Cases() const;

  // The next 临-<position>-<desk>-YYYYMMDD-NNNN. No number is given twice, purged ones neither.
  std::string NextNumber(std::string_view position, Date day) const;

  // `records` without the cases that were settled before the instant; what they were numbered
  // stays.
  std::vector<DeskRecord> Purged(const std::vector<DeskRecord>& records, Instant before) const;

 private:
  std::string desk_;
  std::map<std::string, DeskCase> cases_;
  std::map<std::string, uint32_t> serials_;  // The last of each position, desk and day.
};

// The request id that a case is sent with: always the same, so that sending twice does nothing
// twice. Printable, as request ids are.
std::string DeskRequestId(std::string_view provisional_number);

}  // namespace onewindow
