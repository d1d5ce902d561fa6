#include <mutex>
#include <utility>

#include "engine/casework/apply.h"
#include "engine/runtime/case_rows.h"
#include "engine/runtime/published_store.h"
#include "engine/runtime/turn.h"
#include "engine/tables/schema.h"

// What a turn writes and publishes: the second half of its life.
namespace onewindow {

// Serialised once, straight into the run.
void Turn::Append(const LoggedCommand& logged) {
  const size_t size = logged.ByteSizeLong();
  char* body = run_.Open(size);
  logged.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(body));
  end_ = tools_.hasher.Extend(end_, run_.body());
  run_.Close(end_);
}

// What a command changes besides its case, in the overlay and in the rows to write.
void Turn::AddRows(const LoggedStep& step, const std::string& wrapped_key) {
  const Sequence sequence{step.logged->sequence()};
  const uint64_t hash =
      RecentRequests::HashOf(step.logged->caller().person(), step.logged->request_id());
  if (hash != 0) requests_.emplace(hash, logged_.size());

  PutListRows(rows_, *step.logged, *published_->organisation);
  for (const Event& event : step.logged->events()) {
    Apply(tools_.state.working_counters, event);
    if (auto after = AfterEvent(*published_, event, sequence)) {
      PutPublication(rows_, event, *after);
      published_ = std::move(after);
    }
  }
  if (step.case_id && step.case_id.value != sequence.value) {
    PutPersonRows(rows_, *step.logged, *step.before, *step.after);
  }
  if (step.case_id.value != sequence.value) return;
  const WorkingCase& working = cases_.at(step.case_id);
  rows_.Put(families::kKeys, CaseKey(step.case_id), wrapped_key);
  PutNewCaseRows(rows_, *step.after, working.head.item);
  const std::string paper = PaperKeyOf(step.after->external_numbers());
  if (!paper.empty()) papers_[paper] = step.after;
  if (working.head.applicant != 0) new_applicants_[working.head.applicant] = step.case_id;
}

void Turn::AddTo(Batch& batch) {
  batch.Put(families::kLog, LogKey(Sequence{logged_.front().logged->sequence()}), run_.bytes());
  for (size_t i = 0; i < rows_.size(); ++i) {
    const Batch::Operation row = rows_.operation(i);
    if (row.kind == Batch::Kind::kPut) {
      batch.Put(row.family, row.key, row.value);
    } else {
      batch.Delete(row.family, row.key);
    }
  }
  for (const auto& [case_id, working] : cases_) {
    if (!working.changed) continue;
    const std::string key = CaseKey(case_id);
    const bool closed = working.record->stage() == STAGE_CLOSED;
    batch.Put(closed ? families::kClosed : families::kOpen, key,
              EncodeCase(working.head, *working.record));
    const bool was_open = working.committed && working.committed->record->stage() != STAGE_CLOSED;
    if (closed && was_open) batch.Delete(families::kOpen, key);
  }
}

void Turn::Publish(WatchHub& watches) {
  PartitionState& state = tools_.state;
  const auto open_head = [](const CaseRecord& record, const CaseHead& head) {
    return record.stage() == STAGE_CLOSED ? nullptr : &head;
  };
  {
    std::unique_lock lock(state.mutex);
    for (const auto& [case_id, working] : cases_) {
      if (!working.changed) continue;
      const CaseHead* before = working.committed
                                   ? open_head(*working.committed->record, working.committed->head)
                                   : nullptr;
      state.cases.Replace(case_id, before, open_head(*working.record, working.head));
    }
    for (const LoggedStep& step : logged_) {
      Fold(state.log, *step.logged, step.before.get(), step.after.get(), *step.published);
    }
    state.published = published_;
    state.end = end_;
  }
  state.last_recorded = now_;
  for (auto& [case_id, working] : cases_) {
    if (!working.changed) continue;
    const CaseHead* before = working.committed ? &working.committed->head : nullptr;
    watches.Tell({.sequence = end_.sequence, .case_id = case_id}, before, &working.head);
    if (working.record->stage() == STAGE_CLOSED) {
      state.cache.Drop(case_id);
    } else {
      state.cache.Keep(case_id, {.record = working.record, .head = std::move(working.head)});
    }
  }
}

void Turn::RollBack() { tools_.state.working_counters = tools_.state.log.counters; }

}  // namespace onewindow
