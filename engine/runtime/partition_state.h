#pragma once

#include <memory>
#include <optional>
#include <shared_mutex>

#include "engine/base/instant.h"
#include "engine/runtime/case_cache.h"
#include "engine/runtime/case_folds.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/log_folds.h"
#include "engine/runtime/queries.h"

namespace onewindow {

// What one partition knows in memory, exact as of the last commit. Only the writer changes it; it
// reads without the lock, others with it.
struct PartitionState {
  explicit PartitionState(size_t cache_capacity) : cache(cache_capacity) {}

  // Held exclusively while the writer publishes a commit, shared by readers.
  mutable std::shared_mutex mutex;
  ChainEnd end;                                // Guarded by mutex.
  std::shared_ptr<const Published> published;  // Guarded by mutex.
  CaseFolds cases;                             // Guarded by mutex.
  LogFolds log;                                // Guarded by mutex.

  // For the writer alone.
  std::optional<Instant> last_recorded;
  CaseCache cache;
  // log.counters with what the turn under way has decided.
  Counters working_counters;
};

}  // namespace onewindow
