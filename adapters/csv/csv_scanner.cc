#include "adapters/csv/csv_scanner.h"

#include <utility>

namespace onewindow {
namespace {

constexpr size_t kFieldsMax = 4096;

}  // namespace

Status CsvScanner::Scan(std::string_view chunk) {
  for (char byte : chunk) {
    Progress progress = Take(byte);
    Advance(byte);
    if (progress == Progress::kWithinRecord) continue;
    if (Status status = Deliver(); !status.ok()) return status;
  }
  return {};
}

Status CsvScanner::Finish() {
  if (EndLine() == Progress::kWithinRecord) return {};
  return Deliver();
}

std::optional<TextPosition> CsvScanner::open_quote() const {
  if (state_ != State::kQuoted) return std::nullopt;
  return quote_position_;
}

CsvScanner::Progress CsvScanner::Take(char byte) {
  if (after_carriage_return_ && byte != '\n') BeginLine();
  after_carriage_return_ = byte == '\r';
  if (state_ == State::kQuoteSeen) {
    if (byte == quote_) {
      state_ = State::kQuoted;
      Append(byte);
      return Progress::kWithinRecord;
    }
    state_ = State::kPlain;
    bool field_ends = byte == separator_ || byte == '\n' || byte == '\r';
    if (!field_ends) Spoil("text follows behind a closing quote");
  }
  if (state_ == State::kQuoted) {
    if (byte == quote_) {
      state_ = State::kQuoteSeen;
    } else {
      Append(byte);
    }
    return Progress::kWithinRecord;
  }
  if (byte == '\n' || byte == '\r') return EndLine();

  if (state_ == State::kLineStart || state_ == State::kFieldStart) {
    BeginField();
    if (byte == quote_) {
      state_ = State::kQuoted;
      quote_position_ = position_;
      return Progress::kWithinRecord;
    }
    state_ = State::kPlain;
  }
  if (byte == separator_) {
    state_ = State::kFieldStart;
    return Progress::kWithinRecord;
  }
  Append(byte);
  return Progress::kWithinRecord;
}

CsvScanner::Progress CsvScanner::EndLine() {
  if (state_ == State::kLineStart) return Progress::kWithinRecord;
  if (state_ == State::kFieldStart) BeginField();
  state_ = State::kLineStart;
  return Progress::kRecordComplete;
}

void CsvScanner::BeginField() {
  if (state_ == State::kLineStart) record_.position = position_;
  if (record_.problem) return;
  if (spans_.size() == kFieldsMax) {
    return Spoil("the row has more than " + std::to_string(kFieldsMax) + " fields");
  }
  spans_.push_back(FieldSpan{.begin = text_.size(), .position = position_});
}

void CsvScanner::Append(char byte) {
  if (record_.problem) return;
  if (byte == '\0') return Spoil("the row contains a NUL byte");
  text_.push_back(byte);
}

// What was read of the record is dropped: only its end is still of interest.
void CsvScanner::Spoil(std::string reason) {
  if (record_.problem) return;
  record_.problem = CsvProblem{.position = position_, .reason = std::move(reason)};
  text_.clear();
}

void CsvScanner::Advance(char byte) {
  if (state_ != State::kLineStart && ++record_bytes_ > kCsvRowBytesMax) {
    Spoil("the row is longer than " + std::to_string(kCsvRowBytesMax) + " bytes");
  }
  if (byte == '\n') {
    BeginLine();
  } else {
    ++position_.column;
  }
}

void CsvScanner::BeginLine() {
  ++position_.line;
  position_.column = 1;
}

Status CsvScanner::Deliver() {
  record_.fields.clear();
  for (size_t i = 0; i < spans_.size() && !record_.problem; ++i) {
    size_t end = i + 1 < spans_.size() ? spans_[i + 1].begin : text_.size();
    auto text = std::string_view(text_).substr(spans_[i].begin, end - spans_[i].begin);
    record_.fields.push_back(TextField{.text = text, .position = spans_[i].position});
  }
  Status status = receiver_(record_);
  text_.clear();
  spans_.clear();
  record_.problem.reset();
  record_bytes_ = 0;
  return status;
}

}  // namespace onewindow
