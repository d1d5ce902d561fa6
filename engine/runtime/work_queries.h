#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/kv/kv.h"
#include "engine/runtime/partition_state.h"
#include "engine/runtime/queries.h"
#include "engine/runtime/watch_hub.h"

namespace onewindow {

// Asks the folds what waits, what is due and how long things take. See engine.h for what each
// gives. The lock is held only while keys are copied; rows are then read from the store, and one
// that has moved on meanwhile is left out. Callable from any thread.
class WorkQueries {
 public:
  WorkQueries(const Reader& store, const PartitionState& state) : store_(&store), state_(&state) {}

  Result<Page<WorklistRow>> ListWorklist(std::string_view position, WorklistOrder order,
                                         const PageRequest& page, Instant now) const;
  Result<Page<WorklistRow>> ListReady(std::string_view organisation, const PageRequest& page,
                                      Instant now) const;
  Result<Page<AccompaniedRow>> ListAccompanied(std::string_view position, const PageRequest& page,
                                               Instant now) const;
  Result<Page<DueRow>> ListDue(const DueQuery& query, const PageRequest& page, Instant now) const;
  Result<LightCounts> CountLights(std::string_view position, Instant now) const;
  Result<ProcessingTimesAnswer> GetProcessingTimes(const ProcessingTimesQuery& query) const;
  Result<Page<DemandRow>> ListDemands(std::string_view position, const PageRequest& page) const;
  Result<LateEntriesAnswer> GetLateEntries(const LateEntriesQuery& query) const;

  // kNotFound for an unknown position.
  Result<WorklistScope> ScopeOf(std::string_view position) const;

 private:
  Result<Page<WorklistRow>> ListFair(const std::string& list, const WorklistScope& scope,
                                     const std::optional<std::string>& place,
                                     const PageRequest& page, Instant now) const;
  std::vector<const Worklists*> ListsOf(const WorklistScope& scope) const;
  Result<Page<WorklistRow>> ReadRows(const std::string& list, const std::vector<WorkKey>& keys,
                                     const PageRequest& page, Instant now) const;

  const Reader* store_;
  const PartitionState* state_;
};

}  // namespace onewindow
