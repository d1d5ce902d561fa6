#include "engine/runtime/writer.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/base/limits.h"
#include "engine/runtime/refusals.h"

namespace onewindow {
namespace {

// Cases whose timers fire between two batches of commands: few enough that no caller waits long.
constexpr size_t kTimersPerTurn = 64;
// The time of day may be set at any time, so that no wait for a timer is longer; also how long
// timers rest when nothing can be written.
constexpr Duration kTimerWaitMax = std::chrono::seconds(1);
constexpr auto kHeadSyncInterval = std::chrono::seconds(1);

}  // namespace

Writer::Writer(Partition& partition, const RuntimePolicy& policy, const TimeSource& time,
               FailureHandler on_failure)
    : partition_(&partition), policy_(policy), time_(&time), on_failure_(std::move(on_failure)) {
  KeepStats();
  writing_ = std::thread([this] { Run(); });
  syncing_ = std::thread([this] { SyncHeadEachSecond(); });
}

Writer::~Writer() { Stop(); }

void Writer::Submit(Submission submission, AnswerCallback callback) {
  const size_t bytes = submission.command.ByteSizeLong();
  Reason refused = REASON_UNSPECIFIED;
  {
    std::lock_guard lock(mutex_);
    if (stopping_) {
      refused = STOPPING;
    } else if (queue_.size() >= policy_.queue_commands_max ||
               queued_bytes_ + bytes > policy_.queue_bytes_max) {
      refused = OVERLOADED;
    } else {
      queue_.push_back({std::move(submission), std::move(callback), bytes});
      queued_bytes_ += bytes;
      if (queue_.size() == 1) work_.notify_one();
      return;
    }
  }
  callback(refused == STOPPING
               ? RuntimeRejection(STOPPING, "the server is stopping")
               : RuntimeRejection(OVERLOADED, "too many commands wait to be decided"));
}

void Writer::Stop() {
  std::lock_guard only_one(stop_mutex_);
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  stopped_.notify_all();
  if (writing_.joinable()) writing_.join();
  if (syncing_.joinable()) syncing_.join();
}

void Writer::ConfirmClock() {
  {
    std::lock_guard lock(mutex_);
    confirm_clock_ = true;
  }
  work_.notify_all();
}

WriterStats Writer::Stats() const {
  std::lock_guard lock(mutex_);
  WriterStats stats = kept_stats_;
  stats.queued = queue_.size();
  return stats;
}

void Writer::Run() {
  while (true) {
    std::vector<Waiting> batch = TakeWaiting();
    const bool done = TakeNotes();
    if (!batch.empty()) Serve(std::move(batch));
    if (done) break;
    FireTimers();
    KeepStats();
    ReportFailure();
  }
  if (Status saved = partition_->SaveFolds(); !saved.ok()) {
    spdlog::warn("the folds were not saved, the next start takes longer: {}",
                 saved.fault().message);
  }
  if (Status synced = partition_->SyncHead(); !synced.ok()) {
    spdlog::error("HEAD was not synced: {}", synced.fault().message);
  }
  KeepStats();
}

bool Writer::TakeNotes() {
  std::lock_guard lock(mutex_);
  if (std::exchange(confirm_clock_, false)) partition_->ConfirmClock(ReadTime());
  if (sync_failure_) partition_->Fail(*std::exchange(sync_failure_, std::nullopt));
  return stopping_ && queue_.empty();
}

std::vector<Writer::Waiting> Writer::TakeWaiting() {
  const Duration wait = UntilNextTimer();
  std::unique_lock lock(mutex_);
  if (wait > Duration::zero()) {
    work_.wait_for(lock, wait, [this] {
      return !queue_.empty() || stopping_ || confirm_clock_ || sync_failure_;
    });
  }
  std::vector<Waiting> batch;
  const size_t count = std::min(queue_.size(), kBatchCommandsMax);
  batch.reserve(count);
  size_t bytes = 0;
  while (batch.size() < count && bytes < kBatchBytesMax) {
    bytes += queue_.front().bytes;
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_bytes_ -= bytes;
  return batch;
}

void Writer::Serve(std::vector<Waiting> batch) {
  std::vector<Submission> submissions;
  submissions.reserve(batch.size());
  for (Waiting& waiting : batch) submissions.push_back(std::move(waiting.submission));
  std::vector<Answer> answers = partition_->Process(std::move(submissions), ReadTime());
  KeepStats();
  const Duration begun = time_->Steady();
  for (size_t i = 0; i < batch.size(); ++i) batch[i].callback(std::move(answers[i]));
  answering_ += time_->Steady() - begun;
}

void Writer::FireTimers() {
  const Moment moment = ReadTime();
  const std::optional<Instant> wake = partition_->NextWakeAt();
  const bool due = wake && *wake <= moment.wall;
  timers_held_up_ = due && partition_->FireDue(moment, kTimersPerTurn) == 0;
}

Duration Writer::UntilNextTimer() const {
  const std::optional<Instant> wake = partition_->NextWakeAt();
  if (!wake || timers_held_up_) return kTimerWaitMax;
  return std::clamp(Duration(*wake - time_->Now()), Duration::zero(), kTimerWaitMax);
}

void Writer::SyncHeadEachSecond() {
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, kHeadSyncInterval, [this] { return stopping_; })) {
    lock.unlock();
    const Status synced = partition_->SyncHead();
    lock.lock();
    if (synced.ok()) continue;
    // The kernel reports a lost write once: who goes on would take the next sync for a good one.
    sync_failure_ = synced.fault();
    work_.notify_all();
    return;
  }
}

void Writer::KeepStats() {
  WriterStats stats = partition_->Stats();
  stats.answer = answering_;
  stats.refusing = partition_->WhyRefuse(ReadTime()).value_or("");
  std::lock_guard lock(mutex_);
  kept_stats_ = std::move(stats);
}

void Writer::ReportFailure() {
  if (failure_reported_ || !partition_->failure()) return;
  failure_reported_ = true;
  spdlog::critical("the store failed, nothing more is written: {}", partition_->failure()->message);
  if (on_failure_) on_failure_(*partition_->failure());
}

}  // namespace onewindow
