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
#include "engine/supervision/demand_tally.h"
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

enum class WorklistOrder {
  kDueFirst,  // By priority, then what is due first.
  kFair,      // By priority, then every township in turn with what is due first there.
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
  // Asked from this position: what its county has to do with; empty: everything.
  std::string position;
};

struct CardQuery {
  // Issued to this organisation; empty: to all.
  std::string organisation;
  // As DueQuery.position.
  std::string position;
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
  // As DueQuery.position.
  std::string position = {};
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
  // As DueQuery.position.
  std::string position;
};

struct ProcessingTimesAnswer {
  ProcessingTimes total;
  // One for each item, department and township of the query that has a case, in that order.
  std::vector<ProcessingTimes> rows;
};

// What a department demanded of townships, and what came of it.
struct DemandRow {
  std::string department;
  DemandFigures figures;
};

// Days in a row, both inclusive, on which all holders of a position are away and nobody stands in.
struct UncoveredRow {
  std::string position;
  std::string position_name;
  std::string organisation;
  std::string organisation_name;
  Date from;
  Date until;
};

struct UncoveredQuery {
  // Asked from this position: of its county; empty: of all counties.
  std::string position = {};
  // Both inclusive, at most 366 days.
  Date from;
  Date until;
  // Positions of this organisation or one within it; empty: all.
  std::string organisation = {};
};

// What one organisation entered later than it happened (补录), and by how many seconds.
struct LateFigures {
  std::string organisation;  // Empty: imports that name no position; or the total.
  uint64_t entries = 0;
  uint64_t gap_seconds = 0;  // Of all of them together.
  DurationFigures gap;
};

struct LateEntriesQuery {
  // Asked from this position: of its county; empty: of all counties.
  std::string position = {};
  // Entered by this organisation or one within it; empty: by any.
  std::string organisation = {};
};

struct LateEntriesAnswer {
  LateFigures total;
  // In the order of organisation.
  std::vector<LateFigures> rows;
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
