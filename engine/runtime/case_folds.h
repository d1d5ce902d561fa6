#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/runtime/sorted_chunks.h"
#include "engine/tables/case_head.h"

namespace onewindow {

// A waiting task in the order in which a desk takes it: higher priority first, then what is due
// first, then the older case.
struct WorkKey {
  uint8_t urgency = 0;  // 255 - priority.
  Instant due = Instant::max();
  CaseId case_id;
  uint32_t task = 0;

  friend auto operator<=>(const WorkKey&, const WorkKey&) = default;
};

struct TimerKey {
  Instant wake;
  CaseId case_id;

  friend auto operator<=>(const TimerKey&, const TimerKey&) = default;
};

// An open case with a promised or statutory clock that runs.
struct LightKey {
  Instant due;
  CaseId case_id;
  // kInstantMax where the light never shows near.
  Instant near;
  OrganisationNumber intake;
  // Where its first task lies.
  OrganisationNumber holder;

  friend auto operator<=>(const LightKey&, const LightKey&) = default;
};

struct ApplicantEntry {
  uint64_t applicant;  // CaseHead.applicant
  CaseId case_id;

  friend auto operator<=>(const ApplicantEntry&, const ApplicantEntry&) = default;
};

// An open case that a position accompanies (全程代理).
struct AccompaniedKey {
  PositionNumber position;
  CaseId case_id;

  friend auto operator<=>(const AccompaniedKey&, const AccompaniedKey&) = default;
};

// A pool of work: what the positions of an organisation with that duty may take on.
struct Pool {
  OrganisationNumber organisation;
  Duty duty;

  friend bool operator==(const Pool&, const Pool&) = default;
};

using Worklist = SortedChunks<WorkKey>;
// By where the cases were taken in, so that townships can be served in turn.
using Worklists = std::map<OrganisationNumber, Worklist>;

// The folds that are made of the heads of open cases: pure functions of them, whatever the order in
// which they came. Not for several threads at once.
class CaseFolds {
 public:
  // Everything anew, faster than one by one. Closed cases are left out.
  class Builder;

  // A case changed from one head to another; null: it was not, or is no more, open.
  void Replace(CaseId case_id, const CaseHead* before, const CaseHead* after);

  // Unclaimed tasks of a pool, tasks held by a position, results that lie at an organisation. Null:
  // none, now or ever.
  const Worklists* InPool(const Pool& pool) const;
  const Worklists* HeldBy(PositionNumber position) const;
  const Worklist* ReadyAt(OrganisationNumber organisation) const;

  const SortedChunks<TimerKey>& timers() const { return timers_; }
  const SortedChunks<LightKey>& lights() const { return lights_; }
  // When lights stop being normal.
  const SortedChunks<TimerKey>& nears() const { return nears_; }
  const SortedChunks<ApplicantEntry>& applicants() const { return applicants_; }
  const SortedChunks<AccompaniedKey>& accompanied() const { return accompanied_; }
  // Without enquiries.
  uint64_t open_cases() const { return open_cases_; }
  // The same by where they were taken in; never 0.
  const std::unordered_map<OrganisationNumber, uint64_t>& open_at() const { return open_at_; }

  // Worklists that are empty count as absent.
  friend bool operator==(const CaseFolds& a, const CaseFolds& b);

 private:
  struct PoolHash {
    size_t operator()(const Pool& pool) const {
      return std::hash<uint64_t>()(uint64_t{pool.organisation.value} << 8 |
                                   static_cast<uint64_t>(pool.duty));
    }
  };
  using Pools = std::unordered_map<Pool, Worklists, PoolHash>;
  using Holders = std::unordered_map<PositionNumber, Worklists>;
  using Ready = std::unordered_map<OrganisationNumber, Worklist>;

  Worklist& ListOf(const CaseHead& head, const TaskHead& task);

  Pools pools_;
  Holders holders_;
  Ready ready_;
  SortedChunks<TimerKey> timers_;
  SortedChunks<LightKey> lights_;
  SortedChunks<TimerKey> nears_;
  SortedChunks<ApplicantEntry> applicants_;
  SortedChunks<AccompaniedKey> accompanied_;
  uint64_t open_cases_ = 0;
  std::unordered_map<OrganisationNumber, uint64_t> open_at_;
};

class CaseFolds::Builder {
 public:
  void Add(CaseId case_id, const CaseHead& head);
  CaseFolds Build() &&;

 private:
  using Keys = std::map<OrganisationNumber, std::vector<WorkKey>>;

  std::unordered_map<Pool, Keys, PoolHash> pools_;
  std::unordered_map<PositionNumber, Keys> holders_;
  std::unordered_map<OrganisationNumber, std::vector<WorkKey>> ready_;
  std::vector<TimerKey> timers_;
  std::vector<LightKey> lights_;
  std::vector<TimerKey> nears_;
  std::vector<ApplicantEntry> applicants_;
  std::vector<AccompaniedKey> accompanied_;
  uint64_t open_cases_ = 0;
  std::unordered_map<OrganisationNumber, uint64_t> open_at_;
};

// When the task's light turns red: the earlier of its own clock and its case's.
std::optional<Instant> DueOf(const CaseHead& head, const TaskHead& task);
std::optional<Instant> NearOf(const CaseHead& head, const TaskHead& task);
// Absent while no clock runs: normal.
Light LightAt(std::optional<Instant> due, std::optional<Instant> near, Instant now);

}  // namespace onewindow
