#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/limits.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/clock.pb.h"
#include "onewindow/v1/events.pb.h"

// What readers ask for and get. Records in rows are sealed, and at least as new as the list's
// order.
namespace onewindow {

class Catalogue;
class OrganisationIndex;
class WorkingCalendar;

// What is in force: catalogue, calendars and organisation at one moment of the log.
struct Published {
  Sequence as_of;
  std::shared_ptr<const OrganisationIndex> organisation;
  std::shared_ptr<const Catalogue> catalogue;
  // The newest version of each, by id.
  std::map<std::string, std::shared_ptr<const WorkingCalendar>> calendars;
};

struct PageRequest {
  // 1 to kPageSizeMax; more is cut.
  size_t size = kPageSizeDefault;
  // Empty for the first page, then what the page before gave. A cursor of another list or filter is
  // kInvalid.
  std::string cursor;
};

template <typename Row>
struct Page {
  std::vector<Row> rows;
  // Empty on the last page.
  std::string next_cursor;
};

// A task that waits for somebody.
struct WorklistRow {
  CaseRecord record;
  // Its place in record.tasks().
  int task = 0;
  // The earlier of the step's and the case's own time limit; absent while paused.
  std::optional<Instant> due_at;
  Light light = LIGHT_NORMAL;
};

// An open case by the clock, promised or statutory, that ends first.
struct DueRow {
  CaseRecord record;
  Instant due_at;
  Light light = LIGHT_NORMAL;
};

struct DueQuery {
  // LIGHT_NEAR or LIGHT_OVERDUE.
  Light light = LIGHT_OVERDUE;
  // Cases taken in by or lying at this organisation or one within it; empty: all.
  std::string organisation;
};

// Open cases by the colour of their light. A case whose clocks all stand still is normal.
struct LightCounts {
  uint64_t normal = 0;
  uint64_t near = 0;
  uint64_t overdue = 0;
};

struct CardRow {
  CaseId case_id;
  // Of the command that issued it.
  Sequence sequence;
  Instant issued_at;
  CardIssued card;
};

// An open case that a position accompanies.
struct AccompaniedRow {
  CaseRecord record;
  // Of the clock, promised or statutory, that ends first; absent while paused.
  std::optional<Instant> due_at;
  Light light = LIGHT_NORMAL;
};

struct OrderQuery {
  enum class Which { kAll, kOpen, kOverdue };
  // Addressed to this organisation; empty: to all.
  std::string organisation = {};
  Which which = Which::kAll;
};

struct OrderRow {
  CaseId case_id;
  std::string receipt_number;
  Instant ordered_at;
  // As it stands.
  SupervisionOrder order;
  // Not answered in time.
  bool overdue = false;
};

// Durations of finished cases in seconds. Quantiles are off by at most 1 % of their value.
struct DurationFigures {
  double mean = 0;
  double max = 0;
  double p50 = 0;
  double p90 = 0;
  double p99 = 0;
};

// From receipt to decision, for the cases of one item, deciding organisation and township of
// intake; an empty field stands for all of them.
struct ProcessingTimes {
  std::string item;
  std::string department;
  std::string township;
  uint64_t received = 0;
  uint64_t finished = 0;
  // Of the finished ones, against the promise; those without a promise are in neither.
  uint64_t on_time = 0;
  uint64_t late = 0;
  DurationFigures wall;
  // Service time of the item's calendar.
  DurationFigures working;
};

struct ProcessingTimesQuery {
  // Empty: any.
  std::string item;
  std::string department;
  std::string township;
};

struct ProcessingTimesAnswer {
  ProcessingTimes total;
  // One for each item, department and township of the query that has a case, in that order.
  std::vector<ProcessingTimes> rows;
};

// How the writer fares, since the process began.
struct WriterStats {
  Sequence sequence;
  uint64_t commands = 0;  // Logged.
  uint64_t rejected = 0;
  uint64_t remembered = 0;  // Answered again by request id.
  uint64_t incidents = 0;
  uint64_t batches = 0;
  uint64_t puts = 0;    // Deletes included.
  uint64_t queued = 0;  // Waiting now.
  uint64_t open_cases = 0;
  // Time of the writer's thread, by part.
  Duration decide{};
  Duration apply{};   // Records, heads, invariants.
  Duration encode{};  // Log entries and hashes.
  Duration commit{};
  Duration fold{};
  Duration answer{};
  // Why writes are refused at present; empty: they are not.
  std::string refusing;
};

}  // namespace onewindow
