#include "adapters/event_logs/csv_log_reader.h"

#include <string>

namespace onewindow {
namespace {

char CharacterOr(const std::string& text, char usual) { return text.empty() ? usual : text[0]; }

std::string CountOf(size_t fields) {
  return std::to_string(fields) + (fields == 1 ? " field" : " fields");
}

// The columns of the header as they are shown in an error.
std::string Listed(const std::vector<TextField>& header) {
  std::string names;
  for (const TextField& field : header) {
    if (names.size() > 400) return names + ", ...";
    names += (names.empty() ? "" : ", ") + std::string(field.text.substr(0, 100));
  }
  return names;
}

}  // namespace

CsvLogReader::CsvLogReader(RowIntake& intake)
    : intake_(intake),
      scanner_(CharacterOr(intake.mapper().csv().separator(), ','),
               CharacterOr(intake.mapper().csv().quote(), '"'),
               [this](const CsvRecord& record) { return TakeRecord(record); }) {}

Status CsvLogReader::Finish() {
  if (auto quote = scanner_.open_quote()) {
    return intake_.Broken(*quote, "the quote that opens here is never closed");
  }
  if (Status status = scanner_.Finish(); !status.ok()) return status;
  if (column_count_ == 0) {
    return intake_.Broken(scanner_.position(), "expected a header that names the columns");
  }
  return {};
}

Status CsvLogReader::TakeRecord(const CsvRecord& record) {
  if (column_count_ == 0) return TakeHeader(record);
  if (record.problem) {
    intake_.Refuse({.position = record.problem->position, .reason = record.problem->reason});
    return {};
  }
  if (record.fields.size() != column_count_) {
    intake_.Refuse({.position = record.position,
                    .reason = "the row has " + CountOf(record.fields.size()) + ", but the header " +
                              std::to_string(column_count_)});
    return {};
  }
  RawRow raw{.position = record.position, .fields = {}};
  for (size_t i = 0; i < kLogFieldCount; ++i) {
    auto field = static_cast<LogField>(i);
    if (column_of_[field]) raw.fields[field] = record.fields[*column_of_[field]];
  }
  return intake_.Take(raw);
}

Status CsvLogReader::TakeHeader(const CsvRecord& header) {
  if (header.problem) {
    return intake_.Broken(header.problem->position,
                          "expected a header that names the columns: " + header.problem->reason);
  }
  for (size_t i = 0; i < kLogFieldCount; ++i) {
    auto field = static_cast<LogField>(i);
    const std::string& name = intake_.mapper().columns()[field];
    if (name.empty()) continue;
    for (size_t column = 0; column < header.fields.size(); ++column) {
      if (header.fields[column].text != name) continue;
      if (column_of_[field]) {
        return intake_.Broken(header.fields[column].position,
                              "the column \"" + name + "\" occurs twice");
      }
      column_of_[field] = column;
    }
    if (!column_of_[field]) {
      return intake_.Broken(header.position, "expected a column \"" + name +
                                                 "\", as the mapping says, but there are " +
                                                 Listed(header.fields));
    }
  }
  column_count_ = header.fields.size();
  return {};
}

}  // namespace onewindow
