#include "engine/runtime/people_queries.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/organisation/coverage.h"
#include "engine/runtime/case_queries.h"
#include "engine/runtime/county_view.h"
#include "engine/runtime/cursor.h"
#include "engine/tables/bytes.h"

namespace onewindow {
namespace {

constexpr std::chrono::days kDaysMax{366};

// Where a run stands in the list: numbers stay, whatever the order of the chart.
using RunPlace = std::pair<uint32_t, Date>;

RunPlace PlaceOf(const UncoveredRun& run) { return {run.position->number(), run.days.from}; }

uint32_t DayNumber(Date day) { return static_cast<uint32_t>(day.time_since_epoch().count()); }

std::string Write(const RunPlace& place) {
  return ByteWriter().U32(place.first).U32(DayNumber(place.second)).Take();
}

RunPlace Read(const std::string& place) {
  ByteReader reader(place);
  const uint32_t number = reader.U32();
  return {number, Date(std::chrono::days(static_cast<int32_t>(reader.U32())))};
}

UncoveredRow RowOf(const UncoveredRun& run, const OrganisationIndex& organisation) {
  const Organisation& place = *organisation.Find(run.position->organisation());
  return {.position = run.position->id(),
          .position_name = run.position->name(),
          .organisation = place.id(),
          .organisation_name = place.name(),
          .from = run.days.from,
          .until = run.days.until};
}

// Every run of the query, in the order of the list.
std::vector<UncoveredRun> RunsOf(const OrganisationIndex& organisation, const Organisation* within,
                                 const CountyView& county, DaySpan days) {
  std::vector<UncoveredRun> runs;
  for (const Position* position : PositionsWithAbsences(organisation, days)) {
    const Organisation& place = *organisation.Find(position->organisation());
    if (!county.Has(OrganisationNumber{place.number()})) continue;
    if (within != nullptr && !organisation.IsWithin(place, *within)) continue;
    for (UncoveredRun& run : UncoveredRunsOf(organisation, *position, days)) runs.push_back(run);
  }
  std::ranges::sort(runs, {}, PlaceOf);
  return runs;
}

}  // namespace

Result<Page<UncoveredRow>> ListUncovered(const OrganisationIndex& organisation,
                                         const UncoveredQuery& query, const PageRequest& page) {
  const std::string list = "uncovered/" + query.position + "/" + query.organisation + "/" +
                           FormatDate(query.from) + "/" + FormatDate(query.until);
  Result<std::optional<std::string>> place = PlaceOfCursor(list, page.cursor);
  if (!place.ok()) return place.fault();
  if (query.until < query.from || query.until - query.from >= kDaysMax) {
    return Fault{FaultKind::kInvalid, "expected 1 to 366 days"};
  }
  const Organisation* within = organisation.Find(query.organisation);
  if (within == nullptr && !query.organisation.empty()) {
    return Fault{FaultKind::kNotFound, "there is no organisation '" + query.organisation + "'"};
  }
  Result<CountyView> county = CountyView::Of(query.position, organisation);
  if (!county.ok()) return county.fault();
  const auto runs = RunsOf(organisation, within, county.value(), {query.from, query.until});
  auto run = place.value() ? std::ranges::upper_bound(runs, Read(*place.value()), {}, PlaceOf)
                           : runs.begin();
  Page<UncoveredRow> rows;
  while (run != runs.end() && rows.rows.size() < RowsOf(page)) {
    rows.rows.push_back(RowOf(*run++, organisation));
  }
  if (run != runs.end()) rows.next_cursor = MakeCursor(list, Write(PlaceOf(*std::prev(run))));
  return rows;
}

}  // namespace onewindow
