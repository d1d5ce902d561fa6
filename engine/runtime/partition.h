#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/kv/head_file.h"
#include "engine/kv/kv.h"
#include "engine/runtime/clock_guard.h"
#include "engine/runtime/partition_state.h"
#include "engine/runtime/runtime_policy.h"
#include "engine/runtime/submission.h"
#include "engine/runtime/time_source.h"
#include "engine/runtime/turn.h"
#include "engine/runtime/watch_hub.h"

namespace onewindow {

// The whole engine but its threads: takes submissions in batches, decides them, commits what was
// decided in one write, publishes it, and gives the answers. Deterministic: the same submissions at
// the same moments make the same log, however they are cut into batches. From one thread at a time;
// state() may be read by others under its lock.
//
// A store that is full refuses a batch and leaves it as if it had never come. A store that failed
// ends the partition: it answers kUnavailable from then on, and only opening anew helps.
class Partition {
 public:
  // Recovers what the store holds. The store and the time source must outlive the partition; the
  // latter serves the statistics only. Faults as Recover's.
  static Result<std::unique_ptr<Partition>> Open(Kv& store, HeadFile head,
                                                 const RuntimePolicy& policy,
                                                 const TimeSource& time);

  // The answers in the order of the submissions, all committed and published when it returns. With
  // kBuffered they may only be given to anybody after Sync().
  std::vector<Answer> Process(std::vector<Submission> submissions, const Moment& moment,
                              Durability durability = Durability::kSynced);

  // When the next timer is due; nothing where none is.
  std::optional<Instant> NextWakeAt() const;
  // Fires what is due, the earliest first, of at most `max` cases. Says how many; 0 where nothing
  // is due or nothing may be written.
  size_t FireDue(const Moment& moment, size_t max, Durability durability = Durability::kSynced);

  // Makes durable what was committed with kBuffered, and moves HEAD up to it.
  Status Sync();
  // As Sync, but only for HEAD, and callable from any thread; a failure is for Fail().
  Status SyncHead() const { return head_.Sync(); }
  // Ends the partition, as a failed store does: the owner saw SyncHead fail.
  void Fail(Fault fault);
  // Saves the folds, so that the next opening is fast. Before a clean end.
  Status SaveFolds();

  // An operator has looked at the time of day: it is right.
  void ConfirmClock(const Moment& moment) { clock_.Confirm(moment); }
  // Why nothing is written at this moment; nothing when all is well.
  std::optional<std::string> WhyRefuse(const Moment& moment) const;
  // What made the store fail, once it has.
  const std::optional<Fault>& failure() const { return failure_; }

  const PartitionState& state() const { return state_; }
  WatchHub& watches() { return watches_; }
  WriterStats Stats() const;

 private:
  Partition(Kv& store, HeadFile head, const RuntimePolicy& policy, const TimeSource& time);

  void ProcessTurn(std::span<Submission> submissions, std::vector<Answer>& answers,
                   const Moment& moment, Durability durability);
  Turn NewTurn(const Moment& moment);
  // On disk and published when it is ok, else rolled back.
  Status Commit(Turn& turn, const Moment& moment, Durability durability);
  Status WriteHead();
  Answer AnswerFor(const Fault& fault) const;

  Kv* store_;
  HeadFile head_;
  RuntimePolicy policy_;
  const TimeSource* time_;
  PartitionState state_;
  Checkpoints checkpoints_;
  ClockGuard clock_;
  ChainHasher hasher_;
  WatchHub watches_;
  Batch batch_;  // Kept for its memory.
  WriterStats stats_;
  std::optional<Fault> failure_;
  bool full_ = false;
};

}  // namespace onewindow
