#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "adapters/event_logs/external_sort.h"
#include "adapters/event_logs/log_row.h"
#include "adapters/event_logs/row_mapper.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/log_mapping.pb.h"

namespace onewindow {

// What a log says about one case, all of its rows taken together.
struct LoggedCase {
  std::string id;
  // As the log says, else the time of the case's first event.
  Instant start;
  std::optional<Instant> deadline;
  // Nothing for a case that the log does not end. It may lie before the start.
  std::optional<Instant> end;
  // In the log's own words and what the mapping makes of them; empty and unspecified: not told.
  std::string channel_name;
  Channel channel = CHANNEL_UNSPECIFIED;
  std::string department;
};

struct LoggedStart {
  LoggedCase record;
};

struct LoggedEvent {
  // Where the event stands in the life of its case, by its true time.
  enum class Placement { kBeforeStart, kWithin, kAfterEnd };

  std::string case_id;
  std::string activity;
  std::string resource;
  std::string group;
  Placement placement = Placement::kWithin;
};

struct LoggedEnd {
  LoggedCase record;
};

// One thing that happened. `at` never goes back from one occurrence to the next and is when to
// deliver it; `occurred_at` is when the log says that it happened. They differ only where that was
// before the start of the case: such events follow directly on the start, in their own order, and
// such an end directly on them.
struct Occurrence {
  Instant at;
  Instant occurred_at;
  // Of the event; of the first row of the case for its start and end.
  TextPosition position;
  std::variant<LoggedStart, LoggedEvent, LoggedEnd> what;
};

struct LogTotals {
  uint64_t cases = 0;
  uint64_t ended_cases = 0;
  uint64_t events = 0;
  // Rows that were reported as unusable, and case facts reported as contradictions.
  uint64_t unusable_rows = 0;
  uint64_t contradictions = 0;
  // Rows that the mapping told to pass over.
  uint64_t ignored_rows = 0;
  // Of the latest event, whatever ends or deadlines lie behind it. Nothing: there are no events.
  std::optional<Instant> last_event_at;

  uint64_t occurrences() const { return cases + ended_cases + events; }
};

// A whole log as one stream in order of time. At the same instant cases start, then their events
// follow, then cases end, then come events after their case's end; what is still level keeps its
// true time, then the order of the file. The log may be in any order and of any size: it is sorted
// on disk.
class Occurrences {
 public:
  struct Options {
    std::filesystem::path log;
    // For the sort, about as large as the log. It must exist; nothing is left in it.
    std::filesystem::path temp_directory;
    // Of the sorts, about.
    size_t memory_bytes = 16 << 20;
    std::function<void(const RowProblem&)> on_problem;
    std::function<void(const ReadProgress&)> on_progress;
  };

  // Reads the whole log. A fault where the mapping is wrong, the file cannot be opened or its
  // header not be used, or the disk fails or is full.
  static Result<Occurrences> Read(const LogMapping& mapping, Options options);

  // The next one; nothing behind the last. A fault where the disk fails.
  Result<std::optional<Occurrence>> Next();

  const LogTotals& totals() const { return totals_; }
  // Set where the file is broken somewhere: what stood before is delivered all the same.
  const std::optional<Fault>& broken() const { return broken_; }

 private:
  Occurrences(RowMapper mapper, ExternalSort by_time)
      : mapper_(std::move(mapper)), by_time_(std::move(by_time)) {}

  RowMapper mapper_;
  ExternalSort by_time_;
  LogTotals totals_;
  std::optional<Fault> broken_;
};

}  // namespace onewindow
