#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "adapters/csv/csv_scanner.h"
#include "adapters/event_logs/log_row.h"
#include "adapters/event_logs/row_intake.h"

namespace onewindow {

// Reads a log in CSV whose first row names the columns.
class CsvLogReader {
 public:
  // Requires: the intake outlives the reader.
  explicit CsvLogReader(RowIntake& intake);
  CsvLogReader(const CsvLogReader&) = delete;
  CsvLogReader& operator=(const CsvLogReader&) = delete;

  // A fault where the header cannot be used, or of the sink.
  Status Read(std::string_view chunk) { return scanner_.Scan(chunk); }
  // A fault where there is no header, or a quote is still open.
  Status Finish();
  TextPosition position() const { return scanner_.position(); }

 private:
  Status TakeRecord(const CsvRecord& record);
  Status TakeHeader(const CsvRecord& header);

  RowIntake& intake_;
  CsvScanner scanner_;
  size_t column_count_ = 0;  // 0 until the header is read.
  ByLogField<std::optional<size_t>> column_of_;
};

}  // namespace onewindow
