#include "engine/runtime/work_queries.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

#include "engine/organisation/organisation_index.h"
#include "engine/runtime/case_queries.h"
#include "engine/runtime/case_store.h"
#include "engine/runtime/county_view.h"
#include "engine/runtime/cursor.h"
#include "engine/runtime/fair_order.h"
#include "engine/runtime/work_place.h"
#include "engine/tables/bytes.h"

namespace onewindow {
namespace {

// A page of a filtered list looks at no more entries than this, and may then be short or empty; its
// cursor goes on.
constexpr size_t kEntriesSeenMax = 10'000;

Fault NoSuch(const char* what, std::string_view id) {
  return {FaultKind::kNotFound, std::string("there is no ") + what + " '" + std::string(id) + "'"};
}

uint64_t Bits(Instant instant) { return static_cast<uint64_t>(instant.time_since_epoch().count()); }
Instant FromBits(uint64_t bits) { return Instant(Duration(static_cast<int64_t>(bits))); }

WorkKey StartOfPage(const std::optional<std::string>& place) {
  if (place) {
    ByteReader reader(*place);
    return KeyBehind(ReadWorkKey(reader));
  }
  WorkKey first;
  first.due = kInstantMin;
  return first;
}

std::string PlaceOf(const LightKey& key) {
  return ByteWriter().U64(Bits(key.due)).U64(key.case_id.value).Take();
}

LightKey LightBehind(const std::string& place) {
  ByteReader reader(place);
  LightKey key{};
  key.due = FromBits(reader.U64());
  key.case_id = CaseId{reader.U64() + 1};
  return key;
}

// The first `count` keys of several lists from `from` on, in the common order.
std::vector<WorkKey> Merge(const std::vector<const Worklist*>& lists, const WorkKey& from,
                           size_t count) {
  std::vector<Worklist::Cursor> places;
  for (const Worklist* list : lists) {
    if (list != nullptr) places.push_back(list->LowerBound(from));
  }
  std::vector<WorkKey> keys;
  while (keys.size() < count) {
    Worklist::Cursor* least = nullptr;
    for (Worklist::Cursor& place : places) {
      if (place.at_end()) continue;
      if (least == nullptr || *place < **least) least = &place;
    }
    if (least == nullptr) break;
    keys.push_back(**least);
    ++*least;
  }
  return keys;
}

std::set<OrganisationNumber> NumbersWithin(const OrganisationIndex& index,
                                           const Organisation& ancestor) {
  std::set<OrganisationNumber> numbers;
  for (const Organisation& each : index.chart().organisations()) {
    const Organisation* organisation = index.Find(each.id());
    if (index.IsWithin(*organisation, ancestor)) {
      numbers.insert(OrganisationNumber{each.number()});
    }
  }
  return numbers;
}

DurationFigures FiguresOf(const DurationSketch& sketch) {
  return {.mean = sketch.Mean(),
          .max = static_cast<double>(sketch.max()),
          .p50 = sketch.Quantile(0.50),
          .p90 = sketch.Quantile(0.90),
          .p99 = sketch.Quantile(0.99)};
}

ProcessingTimes TimesOf(const TallyKey& key, const TallyValue& value) {
  return {.item = key.item,
          .department = key.department,
          .township = key.township,
          .received = value.received,
          .finished = value.finished,
          .on_time = value.on_time,
          .late = value.late,
          .wall = FiguresOf(value.wall),
          .working = FiguresOf(value.working)};
}

LateFigures LateFiguresOf(const std::string& organisation, const DurationSketch& gap) {
  return {.organisation = organisation,
          .entries = gap.count(),
          .gap_seconds = gap.sum(),
          .gap = FiguresOf(gap)};
}

bool Matches(const ProcessingTimesQuery& query, const TallyKey& key, const CountyView& county) {
  if (!county.Has(key.township) && !county.Has(key.department)) return false;
  const auto fits = [](const std::string& wanted, const std::string& found) {
    return wanted.empty() || wanted == found;
  };
  return fits(query.item, key.item) && fits(query.department, key.department) &&
         fits(query.township, key.township);
}

struct LightPage {
  std::vector<LightKey> keys;
  // Where to go on; absent at the end.
  std::optional<LightKey> last_seen;
};

// Requires: the state's lock.
LightPage CollectLights(const SortedChunks<LightKey>& lights, Light light, const LightKey& from,
                        Instant now, size_t count,
                        const std::function<bool(const LightKey&)>& wanted) {
  LightPage page;
  size_t seen = 0;
  std::optional<LightKey> last;
  for (auto place = lights.LowerBound(from); !place.at_end(); ++place) {
    const LightKey& key = *place;
    if (light == LIGHT_OVERDUE && key.due >= now) return page;
    if (page.keys.size() == count || seen == kEntriesSeenMax) {
      page.last_seen = last;
      return page;
    }
    ++seen;
    last = key;
    if (LightAt(key.due, key.near, now) == light && wanted(key)) page.keys.push_back(key);
  }
  return page;
}

// Requires for both: the state's lock.
LightCounts CountAll(const CaseFolds& cases, Instant now) {
  LightKey due_now{};
  due_now.due = now;
  const uint64_t overdue = cases.lights().CountBelow(due_now);
  // Near or overdue: every overdue case with a near time has passed that too.
  const uint64_t near_passed =
      cases.nears().CountBelow({.wake = now + Duration(1), .case_id = CaseId{}});
  LightCounts counts;
  counts.overdue = overdue;
  counts.near = near_passed - std::min(near_passed, overdue);
  counts.normal = cases.open_cases() - counts.overdue - counts.near;
  return counts;
}

// The same cases as ListDue shows, and those taken in here for which no clock runs.
LightCounts CountThoseOf(const CountyView& county, const CaseFolds& cases, Instant now) {
  LightKey first{};
  first.due = kInstantMin;
  LightCounts counts;
  for (const auto& [intake, open] : cases.open_at()) {
    if (county.Has(intake)) counts.normal += open;
  }
  for (auto place = cases.lights().LowerBound(first); !place.at_end(); ++place) {
    const LightKey& key = *place;
    if (county.Has(key.intake)) {
      --counts.normal;
    } else if (!county.Has(key.holder)) {
      continue;
    }
    const Light light = LightAt(key.due, key.near, now);
    ++(light == LIGHT_OVERDUE ? counts.overdue : light == LIGHT_NEAR ? counts.near : counts.normal);
  }
  return counts;
}

// What is taken in at no township's desk counts for the desk itself.
OrganisationNumber TownshipOf(OrganisationNumber intake, const OrganisationIndex& organisation) {
  const Organisation* desk = organisation.Find(intake);
  const Organisation* township = desk == nullptr ? nullptr : organisation.TownshipOf(*desk);
  return township == nullptr ? intake : OrganisationNumber{township->number()};
}

// A department's own system takes on every task of its organisation (deciders: claim).
std::vector<Duty> DutiesServed(const Position& position) {
  if (HasDuty(position, SYSTEM)) {
    return {RECEPTION, HANDLING, DECISION, APPROVAL, COLLECTION, SYSTEM};
  }
  std::vector<Duty> duties;
  for (const int duty : position.duties()) duties.push_back(static_cast<Duty>(duty));
  return duties;
}

}  // namespace

Result<WorklistScope> WorkQueries::ScopeOf(std::string_view position) const {
  const std::shared_ptr<const Published> published = PublishedNow(*state_);
  const Position* found = published->organisation->FindPosition(position);
  if (found == nullptr) return NoSuch("position", position);
  const Organisation* organisation = published->organisation->Find(found->organisation());
  WorklistScope scope;
  scope.organisation = OrganisationNumber{organisation->number()};
  scope.position = PositionNumber{found->number()};
  scope.duties = DutiesServed(*found);
  return scope;
}

Result<Page<WorklistRow>> WorkQueries::ListWorklist(std::string_view position, WorklistOrder order,
                                                    const PageRequest& page, Instant now) const {
  const bool fair = order == WorklistOrder::kFair;
  const std::string list = (fair ? "fair/" : "worklist/") + std::string(position);
  Result<std::optional<std::string>> place = PlaceOfCursor(list, page.cursor);
  if (!place.ok()) return place.fault();
  Result<WorklistScope> scope = ScopeOf(position);
  if (!scope.ok()) return scope.fault();
  if (fair) return ListFair(list, scope.value(), place.value(), page, now);
  const WorkKey from = StartOfPage(place.value());
  std::vector<WorkKey> keys;
  {
    std::shared_lock lock(state_->mutex);
    std::vector<const Worklist*> lists;
    for (const Worklists* each : ListsOf(scope.value())) {
      for (const auto& [intake, worklist] : *each) lists.push_back(&worklist);
    }
    keys = Merge(lists, from, RowsOf(page) + 1);
  }
  return ReadRows(list, keys, page, now);
}

Result<Page<WorklistRow>> WorkQueries::ListFair(const std::string& list, const WorklistScope& scope,
                                                const std::optional<std::string>& place,
                                                const PageRequest& page, Instant now) const {
  const std::shared_ptr<const Published> published = PublishedNow(*state_);
  FairPiece piece;
  {
    std::shared_lock lock(state_->mutex);
    ListsByTownship lists;
    for (const Worklists* each : ListsOf(scope)) {
      for (const auto& [intake, worklist] : *each) {
        lists[TownshipOf(intake, *published->organisation)].push_back(&worklist);
      }
    }
    piece = TakeInTurn(lists, place, RowsOf(page));
  }
  Result<Page<WorklistRow>> rows = ReadRows(list, piece.keys, page, now);
  if (rows.ok() && piece.next) rows.value().next_cursor = MakeCursor(list, *piece.next);
  return rows;
}

// Requires: the state's lock.
std::vector<const Worklists*> WorkQueries::ListsOf(const WorklistScope& scope) const {
  std::vector<const Worklists*> lists{state_->cases.HeldBy(scope.position)};
  for (const Duty duty : scope.duties) {
    lists.push_back(state_->cases.InPool({.organisation = scope.organisation, .duty = duty}));
  }
  std::erase(lists, nullptr);
  return lists;
}

Result<Page<WorklistRow>> WorkQueries::ListReady(std::string_view organisation,
                                                 const PageRequest& page, Instant now) const {
  const std::string list = "ready/" + std::string(organisation);
  Result<std::optional<std::string>> place = PlaceOfCursor(list, page.cursor);
  if (!place.ok()) return place.fault();
  const std::shared_ptr<const Published> published = PublishedNow(*state_);
  const Organisation* found = published->organisation->Find(organisation);
  if (found == nullptr) return NoSuch("organisation", organisation);
  const WorkKey from = StartOfPage(place.value());
  std::vector<WorkKey> keys;
  {
    std::shared_lock lock(state_->mutex);
    keys =
        Merge({state_->cases.ReadyAt(OrganisationNumber{found->number()})}, from, RowsOf(page) + 1);
  }
  return ReadRows(list, keys, page, now);
}

// One key more than the page holds says that there is a next one.
Result<Page<WorklistRow>> WorkQueries::ReadRows(const std::string& list,
                                                const std::vector<WorkKey>& keys,
                                                const PageRequest& page, Instant now) const {
  Page<WorklistRow> rows;
  const size_t count = std::min(keys.size(), RowsOf(page));
  for (size_t i = 0; i < count; ++i) {
    Result<std::optional<CommittedCase>> found = ReadCase(*store_, keys[i].case_id);
    if (!found.ok()) return found.fault();
    if (!found.value()) continue;
    const CommittedCase& committed = *found.value();
    const auto task = std::ranges::find(committed.head.tasks, keys[i].task, &TaskHead::id);
    if (task == committed.head.tasks.end()) continue;
    const auto due = DueOf(committed.head, *task);
    rows.rows.push_back({.record = *committed.record,
                         .task = static_cast<int>(task - committed.head.tasks.begin()),
                         .due_at = due,
                         .light = LightAt(due, NearOf(committed.head, *task), now)});
  }
  if (keys.size() > count) rows.next_cursor = MakeCursor(list, WriteWorkKey(keys[count - 1]));
  return rows;
}

Result<Page<AccompaniedRow>> WorkQueries::ListAccompanied(std::string_view position,
                                                          const PageRequest& page,
                                                          Instant now) const {
  const std::string list = "accompanied/" + std::string(position);
  Result<std::optional<std::string>> place = PlaceOfCursor(list, page.cursor);
  if (!place.ok()) return place.fault();
  Result<WorklistScope> scope = ScopeOf(position);
  if (!scope.ok()) return scope.fault();
  AccompaniedKey from{.position = scope.value().position, .case_id = CaseId{}};
  if (place.value()) from.case_id = CaseId{ByteReader(*place.value()).U64() + 1};
  std::vector<CaseId> cases;
  {
    std::shared_lock lock(state_->mutex);
    auto next = state_->cases.accompanied().LowerBound(from);
    for (; cases.size() <= RowsOf(page) && !next.at_end(); ++next) {
      if ((*next).position != from.position) break;
      cases.push_back((*next).case_id);
    }
  }
  Page<AccompaniedRow> rows;
  const size_t count = std::min(cases.size(), RowsOf(page));
  for (size_t i = 0; i < count; ++i) {
    Result<std::optional<CommittedCase>> found = ReadCase(*store_, cases[i]);
    if (!found.ok()) return found.fault();
    if (!found.value()) continue;
    const CaseHead& head = found.value()->head;
    rows.rows.push_back({.record = *found.value()->record,
                         .due_at = head.due,
                         .light = LightAt(head.due, head.near, now)});
  }
  if (cases.size() > count) {
    rows.next_cursor = MakeCursor(list, ByteWriter().U64(cases[count - 1].value).Take());
  }
  return rows;
}

Result<Page<DueRow>> WorkQueries::ListDue(const DueQuery& query, const PageRequest& page,
                                          Instant now) const {
  if (query.light != LIGHT_NEAR && query.light != LIGHT_OVERDUE) {
    return Fault{FaultKind::kInvalid, "only near and overdue cases are listed"};
  }
  const std::string list = "due/" + Light_Name(query.light) + "/" + query.organisation;
  Result<std::optional<std::string>> place = PlaceOfCursor(list, page.cursor);
  if (!place.ok()) return place.fault();
  const std::shared_ptr<const Published> published = PublishedNow(*state_);
  std::set<OrganisationNumber> within;
  if (!query.organisation.empty()) {
    const Organisation* found = published->organisation->Find(query.organisation);
    if (found == nullptr) return NoSuch("organisation", query.organisation);
    within = NumbersWithin(*published->organisation, *found);
  }
  Result<CountyView> county = CountyView::Of(query.position, *published->organisation);
  if (!county.ok()) return county.fault();
  const auto wanted = [&](const LightKey& key) {
    if (!county.value().Has(key.intake) && !county.value().Has(key.holder)) return false;
    return query.organisation.empty() || within.contains(key.intake) || within.contains(key.holder);
  };
  LightKey from{};
  from.due = query.light == LIGHT_NEAR ? now : kInstantMin;
  if (place.value()) from = std::max(from, LightBehind(*place.value()));

  LightPage lights;
  {
    std::shared_lock lock(state_->mutex);
    lights = CollectLights(state_->cases.lights(), query.light, from, now, RowsOf(page), wanted);
  }
  Page<DueRow> rows;
  for (const LightKey& key : lights.keys) {
    Result<std::optional<CommittedCase>> found = ReadCase(*store_, key.case_id);
    if (!found.ok()) return found.fault();
    if (!found.value() || found.value()->head.due != key.due) continue;
    rows.rows.push_back(
        {.record = *found.value()->record, .due_at = key.due, .light = query.light});
  }
  if (lights.last_seen) rows.next_cursor = MakeCursor(list, PlaceOf(*lights.last_seen));
  return rows;
}

Result<LightCounts> WorkQueries::CountLights(std::string_view position, Instant now) const {
  Result<CountyView> county = CountyView::Of(position, *PublishedNow(*state_)->organisation);
  if (!county.ok()) return county.fault();
  std::shared_lock lock(state_->mutex);
  return county.value().everything() ? CountAll(state_->cases, now)
                                     : CountThoseOf(county.value(), state_->cases, now);
}

Result<Page<DemandRow>> WorkQueries::ListDemands(std::string_view position,
                                                 const PageRequest& page) const {
  const std::string list = "demands/" + std::string(position);
  Result<std::optional<std::string>> place = PlaceOfCursor(list, page.cursor);
  if (!place.ok()) return place.fault();
  Result<CountyView> county = CountyView::Of(position, *PublishedNow(*state_)->organisation);
  if (!county.ok()) return county.fault();
  Page<DemandRow> rows;
  std::shared_lock lock(state_->mutex);
  const auto& departments = state_->log.demands.departments();
  auto next = place.value() ? departments.upper_bound(*place.value()) : departments.begin();
  for (; next != departments.end(); ++next) {
    if (!county.value().Has(next->first)) continue;
    if (rows.rows.size() == RowsOf(page)) {
      rows.next_cursor = MakeCursor(list, rows.rows.back().department);
      break;
    }
    rows.rows.push_back({.department = next->first, .figures = next->second});
  }
  return rows;
}

Result<ProcessingTimesAnswer> WorkQueries::GetProcessingTimes(
    const ProcessingTimesQuery& query) const {
  Result<CountyView> county = CountyView::Of(query.position, *PublishedNow(*state_)->organisation);
  if (!county.ok()) return county.fault();
  ProcessingTimesAnswer answer;
  TallyValue total;
  std::shared_lock lock(state_->mutex);
  for (const auto& [key, value] : state_->log.tally.cells()) {
    if (!Matches(query, key, county.value())) continue;
    total.Merge(value);
    answer.rows.push_back(TimesOf(key, value));
  }
  answer.total = TimesOf(
      {.item = query.item, .department = query.department, .township = query.township}, total);
  return answer;
}

Result<LateEntriesAnswer> WorkQueries::GetLateEntries(const LateEntriesQuery& query) const {
  const std::shared_ptr<const Published> published = PublishedNow(*state_);
  const OrganisationIndex& chart = *published->organisation;
  const Organisation* within = chart.Find(query.organisation);
  if (within == nullptr && !query.organisation.empty()) {
    return NoSuch("organisation", query.organisation);
  }
  Result<CountyView> county = CountyView::Of(query.position, chart);
  if (!county.ok()) return county.fault();
  const auto is_wanted = [&](const std::string& id) {
    if (!county.value().Has(id)) return false;
    const Organisation* found = chart.Find(id);
    return within == nullptr || (found != nullptr && chart.IsWithin(*found, *within));
  };

  LateEntriesAnswer answer;
  DurationSketch total;
  std::shared_lock lock(state_->mutex);
  for (const auto& [id, gap] : state_->log.late_entries.by_organisation()) {
    if (!is_wanted(id)) continue;
    total.Merge(gap);
    answer.rows.push_back(LateFiguresOf(id, gap));
  }
  answer.total = LateFiguresOf(std::string(), total);
  return answer;
}

}  // namespace onewindow
