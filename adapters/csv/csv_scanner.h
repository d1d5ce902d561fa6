#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/csv/text_position.h"
#include "engine/base/result.h"

namespace onewindow {

// Longer records cannot be read.
inline constexpr size_t kCsvRowBytesMax = 1 << 20;

// Why a record cannot be read as it stands.
struct CsvProblem {
  TextPosition position;
  std::string reason;
};

// One record; it lives until the scanner goes on.
struct CsvRecord {
  TextPosition position;
  std::vector<TextField> fields;
  // Where it is set, the fields mean nothing.
  std::optional<CsvProblem> problem;
};

// Splits bytes into the records of RFC 4180. Memory is bounded by kCsvRowBytesMax: longer records,
// and those of more than 4096 fields, are delivered with a problem.
//
// Format: record *(line-end record) [line-end]; line-end is CRLF, LF or CR; empty lines are no
// records. A field that begins with the quote ends with it, contains separators and line ends as
// they are and the quote doubled; in any other field a quote is a character like others.
class CsvScanner {
 public:
  // Whatever the receiver answers other than success ends the scan.
  using Receiver = std::function<Status(const CsvRecord&)>;

  CsvScanner(char separator, char quote, Receiver receiver)
      : separator_(separator), quote_(quote), receiver_(std::move(receiver)) {}

  Status Scan(std::string_view chunk);
  // The input is at its end. Delivers a last record that no line end follows.
  Status Finish();

  // Where the next byte will be.
  TextPosition position() const { return position_; }
  // Where the quote opened that has not been closed, if the scanner is within one.
  std::optional<TextPosition> open_quote() const;

 private:
  enum class State {
    kLineStart,
    kFieldStart,
    kPlain,
    kQuoted,
    kQuoteSeen,  // A quote within a quoted field: its end, or the first of two.
  };
  struct FieldSpan {
    size_t begin;
    TextPosition position;
  };

  // Each takes the byte at position_ and answers whether a record is complete.
  enum class Progress { kWithinRecord, kRecordComplete };
  Progress Take(char byte);
  Progress EndLine();

  void BeginField();
  void Append(char byte);
  void Spoil(std::string reason);
  void Advance(char byte);
  void BeginLine();
  Status Deliver();

  char separator_;
  char quote_;
  Receiver receiver_;

  State state_ = State::kLineStart;
  TextPosition position_{1, 1};
  TextPosition quote_position_;
  bool after_carriage_return_ = false;
  std::string text_;  // The fields of the record, one behind the other.
  std::vector<FieldSpan> spans_;
  size_t record_bytes_ = 0;
  CsvRecord record_;
};

}  // namespace onewindow
