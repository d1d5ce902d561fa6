#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "adapters/event_logs/external_sort.h"
#include "adapters/event_logs/log_row.h"
#include "engine/base/result.h"

namespace onewindow {

// What one row told about its case.
struct CaseFactsOfRow {
  std::string case_id;
  TextPosition position;
  uint64_t row = 0;  // Its place in the file: 0, 1, 2, ...
  RowCaseFacts facts;
};

struct EventOfRow {
  std::string case_id;
  TextPosition position;
  uint64_t row = 0;
  Instant time;
  std::string activity;
  std::string resource;
  std::string group;
};

// Brings the rows of each case together: first what they tell about the case, in the order of the
// file, then its events in order of time. So a case is known as a whole before its first event,
// however many it has.
//
// Format: key = case-id 0 row | case-id 1 time row; value = line column, then what the row holds.
class RowsByCase {
 public:
  explicit RowsByCase(ExternalSort::Options options) : sort_(std::move(options)) {}

  Status Add(const LogRow& row);
  Status Finish() { return sort_.Finish(); }

  using Item = std::variant<CaseFactsOfRow, EventOfRow>;
  // Nothing behind the last. Requires: Finish has succeeded.
  Result<std::optional<Item>> Next();

 private:
  Status AddFacts(const LogRow& row);
  Status AddEvent(const LogRow& row);

  ExternalSort sort_;
  uint64_t rows_ = 0;
  // Of the row added last: most logs repeat the facts of a case in every row, and once is enough.
  std::string last_case_id_;
  std::optional<RowCaseFacts> last_facts_;
};

}  // namespace onewindow
