#include "engine/runtime/partition.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "engine/base/limits.h"
#include "engine/runtime/recovery.h"
#include "engine/runtime/refusals.h"

namespace onewindow {
namespace {

// Absences and substitutions change the chart, too, but nothing that a fold of the log rests on.
bool IsPublication(const Command& command) {
  return command.has_publish_item() || command.has_publish_calendar() ||
         command.has_publish_organisation();
}

// Everything that waited gets the same answer.
std::vector<Answer> SameForAll(size_t count, const Answer& answer) {
  return std::vector<Answer>(count, answer);
}

}  // namespace

Partition::Partition(Kv& store, HeadFile head, const RuntimePolicy& policy, const TimeSource& time)
    : store_(&store),
      head_(std::move(head)),
      policy_(policy),
      time_(&time),
      state_(policy.cached_cases),
      clock_({.jump_max = policy.clock_jump_max, .downtime_max = policy.downtime_max}, {}) {}

Result<std::unique_ptr<Partition>> Partition::Open(Kv& store, HeadFile head,
                                                   const RuntimePolicy& policy,
                                                   const TimeSource& time) {
  std::unique_ptr<Partition> partition(new Partition(store, std::move(head), policy, time));
  PartitionState& state = partition->state_;
  Status recovered = Recover(store, partition->head_.head(), partition->checkpoints_, state);
  if (!recovered.ok()) return recovered.fault();
  partition->clock_ =
      ClockGuard({.jump_max = policy.clock_jump_max, .downtime_max = policy.downtime_max},
                 state.last_recorded);
  if (Status status = partition->WriteHead(); !status.ok()) return status.fault();
  return partition;
}

std::vector<Answer> Partition::Process(std::vector<Submission> submissions, const Moment& moment,
                                       Durability durability) {
  if (failure_) return SameForAll(submissions.size(), AnswerFor(*failure_));
  if (const auto why = clock_.WhyRefuse(moment)) {
    return SameForAll(submissions.size(), RuntimeRejection(CLOCK_JUMPED, *why));
  }
  std::vector<Answer> answers;
  answers.reserve(submissions.size());
  while (answers.size() < submissions.size()) {
    ProcessTurn(std::span(submissions).subspan(answers.size()), answers, moment, durability);
  }
  return answers;
}

// As many submissions as fit in one write, but at least one. A publication has a turn of its own,
// with a checkpoint in front of it: so whatever recovery catches up with after a checkpoint
// happened under what is in force at its end.
void Partition::ProcessTurn(std::span<Submission> submissions, std::vector<Answer>& answers,
                            const Moment& moment, Durability durability) {
  const size_t first = answers.size();
  Turn turn = NewTurn(moment);
  batch_.Clear();
  const bool publishes = IsPublication(submissions.front().command);
  for (Submission& submission : submissions) {
    const bool is_first = answers.size() == first;
    if (!is_first && (publishes || IsPublication(submission.command))) break;
    if (turn.commands() >= kBatchCommandsMax || turn.bytes() >= kBatchBytesMax) break;
    answers.push_back(turn.Take(std::move(submission)));
  }
  if (publishes) checkpoints_.Put(batch_, state_.log, state_.end);
  const Status committed = Commit(turn, moment, durability);
  if (committed.ok()) return;
  for (size_t i = first; i < answers.size(); ++i) answers[i] = AnswerFor(committed.fault());
}

Turn Partition::NewTurn(const Moment& moment) {
  return Turn({.state = state_,
               .store = *store_,
               .hasher = hasher_,
               .time = *time_,
               .policy = policy_.casework},
              clock_.Now(moment));
}

Status Partition::Commit(Turn& turn, const Moment& moment, Durability durability) {
  const WriterStats& part = turn.stats();
  stats_.rejected += part.rejected;
  stats_.remembered += part.remembered;
  stats_.incidents += part.incidents;
  stats_.decide += part.decide;
  stats_.encode += part.encode;
  if (turn.commands() == 0) return {};

  const uint64_t since_checkpoint = state_.end.sequence.value - checkpoints_.sequence().value;
  if (batch_.empty() && since_checkpoint >= policy_.checkpoint_commands) {
    checkpoints_.Put(batch_, state_.log, state_.end);
  }
  const bool has_checkpoint = !batch_.empty();
  const Duration begun = time_->Steady();
  turn.AddTo(batch_);
  const Duration added = time_->Steady();
  Status committed = store_->Commit(batch_, durability);
  const Duration written = time_->Steady();
  full_ = !committed.ok() && committed.fault().kind == FaultKind::kNoSpace;
  if (!committed.ok()) {
    turn.RollBack();
    if (!full_) failure_ = committed.fault();
    return committed;
  }
  if (has_checkpoint) checkpoints_.Committed();
  clock_.Recorded(moment);
  stats_.commands += turn.commands();
  ++stats_.batches;
  stats_.puts += batch_.size();
  turn.Publish(watches_);
  stats_.apply += added - begun;
  stats_.commit += written - added;
  stats_.fold += time_->Steady() - written;
  if (durability == Durability::kBuffered) return {};
  return WriteHead();
}

// The commit is on disk whatever becomes of HEAD; but a HEAD that cannot be written is a failing
// disk, and the next opening would miss the guard against a lost tail.
Status Partition::WriteHead() {
  if (head_.head().sequence == state_.end.sequence) return {};
  const Status written = head_.Write({.sequence = state_.end.sequence, .hash = state_.end.hash});
  if (written.ok()) return {};
  // Never kNoSpace, which would tell the callers that nothing was done.
  Fail({FaultKind::kIo, written.fault().message});
  return *failure_;
}

void Partition::Fail(Fault fault) {
  if (!failure_) failure_ = std::move(fault);
}

Answer Partition::AnswerFor(const Fault& fault) const {
  if (fault.kind == FaultKind::kNoSpace) return RuntimeRejection(DISK_FULL, fault.message);
  return Fault{FaultKind::kUnavailable, "the store failed: " + fault.message};
}

std::optional<Instant> Partition::NextWakeAt() const {
  const auto first = state_.cases.timers().begin();
  if (first.at_end()) return std::nullopt;
  return (*first).wake;
}

size_t Partition::FireDue(const Moment& moment, size_t max, Durability durability) {
  if (failure_ || clock_.WhyRefuse(moment)) return 0;
  const Instant now = clock_.Now(moment);
  std::vector<CaseId> due;
  for (auto timer = state_.cases.timers().begin(); !timer.at_end(); ++timer) {
    if ((*timer).wake > now || due.size() == max) break;
    due.push_back((*timer).case_id);
  }
  if (due.empty()) return 0;

  Turn turn = NewTurn(moment);
  batch_.Clear();
  size_t fired = 0;
  for (const CaseId case_id : due) {
    if (turn.commands() >= kBatchCommandsMax || turn.bytes() >= kBatchBytesMax) break;
    const Status status = turn.FireDue(case_id);
    // A case that cannot be read must not hold up the others.
    if (!status.ok()) {
      spdlog::error("the timer of case {}: {}", case_id.value, status.fault().message);
    } else {
      ++fired;
    }
  }
  return Commit(turn, moment, durability).ok() ? fired : 0;
}

Status Partition::Sync() {
  if (failure_) return *failure_;
  Status synced = store_->Sync();
  if (!synced.ok()) {
    failure_ = synced.fault();
    return synced;
  }
  if (Status written = WriteHead(); !written.ok()) return written;
  return SyncHead();
}

Status Partition::SaveFolds() {
  if (failure_) return *failure_;
  batch_.Clear();
  checkpoints_.Put(batch_, state_.log, state_.end);
  if (batch_.empty()) return {};
  Status committed = store_->Commit(batch_, Durability::kSynced);
  if (committed.ok()) checkpoints_.Committed();
  return committed;
}

std::optional<std::string> Partition::WhyRefuse(const Moment& moment) const {
  if (failure_) return failure_->message;
  if (full_) return "the disk is nearly full";
  return clock_.WhyRefuse(moment);
}

WriterStats Partition::Stats() const {
  WriterStats stats = stats_;
  stats.sequence = state_.end.sequence;
  stats.open_cases = state_.cases.open_cases();
  return stats;
}

}  // namespace onewindow
