#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "engine/base/result.h"
#include "engine/runtime/partition.h"
#include "engine/runtime/runtime_policy.h"
#include "engine/runtime/submission.h"
#include "engine/runtime/time_source.h"

namespace onewindow {

// The threads around a partition: one that decides and commits what has queued up, firing timers in
// between, and one that syncs HEAD each second. All of it is callable from any thread.
class Writer {
 public:
  using FailureHandler = std::function<void(const Fault&)>;

  // Begins at once. Everything given must outlive the writer. `on_failure` is called once, from the
  // writer's thread, when the store has failed for good.
  Writer(Partition& partition, const RuntimePolicy& policy, const TimeSource& time,
         FailureHandler on_failure);
  // As Stop().
  ~Writer();

  // Queues; refuses at once, on the caller's thread, when the queue is full (OVERLOADED) or the
  // writer stops (STOPPING).
  void Submit(Submission submission, AnswerCallback callback);
  // Answers what waits, saves the folds and ends. Later submissions are refused.
  void Stop();

  void ConfirmClock();
  WriterStats Stats() const;

 private:
  struct Waiting {
    Submission submission;
    AnswerCallback callback;
    size_t bytes = 0;
  };

  void Run();
  void SyncHeadEachSecond();
  // What other threads left for the writer's. Says whether it may end.
  bool TakeNotes();
  // Waits until there is something to do; takes at most a batch of it.
  std::vector<Waiting> TakeWaiting();
  void Serve(std::vector<Waiting> batch);
  void FireTimers();
  // How long nothing needs to be done unless somebody submits.
  Duration UntilNextTimer() const;
  Moment ReadTime() const { return {.wall = time_->Now(), .steady = time_->Steady()}; }
  void KeepStats();
  void ReportFailure();

  Partition* partition_;
  RuntimePolicy policy_;
  const TimeSource* time_;
  FailureHandler on_failure_;

  mutable std::mutex mutex_;
  std::condition_variable work_;     // The queue is no longer empty, or something else below.
  std::condition_variable stopped_;  // For the thread that syncs.
  std::deque<Waiting> queue_;        // Guarded by mutex_, as all below.
  size_t queued_bytes_ = 0;
  bool stopping_ = false;
  bool confirm_clock_ = false;
  std::optional<Fault> sync_failure_;
  WriterStats kept_stats_;

  // For the writer's thread alone.
  bool timers_held_up_ = false;
  bool failure_reported_ = false;
  Duration answering_{};

  std::mutex stop_mutex_;  // One Stop() at a time.
  std::thread writing_;
  std::thread syncing_;
};

}  // namespace onewindow
