#pragma once

#include <optional>
#include <vector>

#include "engine/base/result.h"
#include "engine/casework/counters.h"
#include "engine/kv/kv.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/queries.h"
#include "engine/runtime/recent_requests.h"
#include "engine/supervision/demand_tally.h"
#include "engine/supervision/late_entries.h"
#include "engine/supervision/processing_tally.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

// The folds that are made of the log. What the first commands of a case did to the tallies is not
// remembered by the case, so these are saved now and then and catch up from there.
struct LogFolds {
  Counters counters;
  ProcessingTally tally;
  DemandTally demands;
  LateEntries late_entries;
  RecentRequests requests;
};

// Whether the tallies need to see what the command did to its case.
bool IsTallied(const LoggedCommand& logged);

// Folds one command in. `before` and `after` may be null unless it is tallied; `published` is what
// was in force when it was decided.
void Fold(LogFolds& folds, const LoggedCommand& logged, const CaseRecord* before,
          const CaseRecord* after, const Published& published);

// The calendar of an item in force; null where there is none.
const WorkingCalendar* CalendarOf(const Published& published, const ServiceItem* item);

// Saved folds, and how far they go.
struct Checkpoint {
  LogFolds folds;
  ChainEnd end;
};

// Writes checkpoints and forgets what is no longer needed of older ones. Request ids are saved in
// pieces, each with the commands since the piece before.
class Checkpoints {
 public:
  // The newest checkpoint in the store, or the empty one of a log that has not begun. kCorrupt
  // where it is damaged.
  Result<Checkpoint> Read(const Reader& store);

  // Adds the rows of a checkpoint to a batch that holds no command after `end`. Call Committed when
  // the batch is committed.
  void Put(Batch& batch, const LogFolds& folds, const ChainEnd& end);
  void Committed();

  // Of the checkpoint that was read or committed last.
  Sequence sequence() const { return sequence_; }

 private:
  Status ReadRequests(const Reader& store, RecentRequests& requests);

  Sequence sequence_;
  std::vector<Sequence> pieces_;  // The first sequence of each, ascending.
  // What Put has made of the two, until Committed.
  Sequence next_sequence_;
  std::vector<Sequence> next_pieces_;
};

}  // namespace onewindow
