#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "adapters/csv/text_position.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace onewindow {

// Longer values of a mapped column make their row unusable.
inline constexpr size_t kLogFieldBytesMax = 16 << 10;
// Longer marks of an XES file are a fault.
inline constexpr size_t kLogMarkBytesMax = 1 << 20;

// What the mapping may name a column for.
enum class LogField {
  kCaseId,
  kActivity,
  kTime,
  kResource,
  kGroup,
  kChannel,
  kDepartment,
  kStart,
  kDeadline,
  kEnd,
  kLifecycle,
};
inline constexpr size_t kLogFieldCount = 11;

template <typename T>
struct ByLogField : std::array<T, kLogFieldCount> {
  T& operator[](LogField field) { return this->at(static_cast<size_t>(field)); }
  const T& operator[](LogField field) const { return this->at(static_cast<size_t>(field)); }
};

// The mapped values of one row, where the row has them.
struct RawRow {
  TextPosition position;
  ByLogField<std::optional<TextField>> fields;
};

// What a row says about its case. Empty text: it does not say.
struct RowCaseFacts {
  std::string channel;
  std::string department;
  std::optional<Instant> start;
  std::optional<Instant> deadline;
  std::optional<Instant> end;
  friend bool operator==(const RowCaseFacts&, const RowCaseFacts&) = default;
};

// One event of the log, readable. All texts are UTF-8 without NUL.
struct LogRow {
  TextPosition position;
  std::string case_id;
  std::string activity;
  Instant time;
  std::string resource;
  std::string group;
  RowCaseFacts case_facts;
};

// What is wrong with one row. Reading goes on behind it.
struct RowProblem {
  enum class Kind {
    kUnusable,       // The row is left out.
    kContradiction,  // The row counts, except for a fact of its case that an earlier row denies.
  };
  Kind kind = Kind::kUnusable;
  TextPosition position;
  std::string reason;
};

// Bytes of the file as it lies on disk; total 0: not known, as of a pipe.
struct ReadProgress {
  uint64_t bytes_read = 0;
  uint64_t bytes_total = 0;
};

// Where a reader delivers to.
struct LogSink {
  // A fault ends the reading; kInvalid is kept for what is wrong with the file itself.
  std::function<Status(const LogRow&)> on_row;
  std::function<void(const RowProblem&)> on_problem;
  // Called now and then while reading, and once at the end.
  std::function<void(const ReadProgress&)> on_progress;
};

}  // namespace onewindow
