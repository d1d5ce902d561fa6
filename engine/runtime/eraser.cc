#include "engine/runtime/eraser.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "engine/kv/rocks_kv.h"
#include "engine/runtime/case_files.h"
#include "engine/runtime/forgotten.h"
#include "engine/runtime/prepare.h"
#include "engine/tables/schema.h"

namespace onewindow {

Eraser::Eraser(RocksKv& store, CaseKeys& keys, const CaseFiles& files,
               std::vector<std::string> directories)
    : store_(&store), keys_(&keys), files_(&files), directories_(std::move(directories)) {
  erasing_ = std::thread([this] { Run(); });
}

Eraser::~Eraser() { Stop(); }

AnswerCallback Eraser::Before(AnswerCallback answer) {
  return [this, answer = std::move(answer)](Answer given) mutable {
    auto* accepted = std::get_if<Accepted>(&given);
    const bool is_done = accepted != nullptr && accepted->sequence;
    if (!is_done) return answer(std::move(given));
    Add(std::move(*accepted), std::move(answer));
  };
}

void Eraser::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  if (erasing_.joinable()) erasing_.join();
}

void Eraser::Add(Accepted accepted, AnswerCallback answer) {
  std::lock_guard lock(mutex_);
  waiting_.push_back({std::move(accepted), std::move(answer)});
  work_.notify_all();
}

void Eraser::Run() {
  while (true) {
    std::deque<Waiting> batch;
    {
      std::unique_lock lock(mutex_);
      work_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      batch.swap(waiting_);
    }
    const Status erased = Erase(batch);
    if (!erased.ok()) spdlog::error("forgetting is not complete: {}", erased.fault().message);
    for (Waiting& each : batch) {
      each.answer(erased.ok() ? Answer(std::move(each.accepted)) : Answer(erased.fault()));
    }
  }
}

// The lists come last: whoever is on one has no files, and no key in any file.
Status Eraser::Erase(const std::deque<Waiting>& batch) {
  ForgottenCases cases;
  for (const Waiting& each : batch) {
    keys_->Forget(each.accepted.case_id);
    if (Status removed = files_->Remove(*each.accepted.record); !removed.ok()) return removed;
    Result<ForgottenCase> found = AsForgotten(*store_, each.accepted.case_id);
    if (!found.ok()) return found.fault();
    cases.insert(std::move(found).value());
  }
  std::vector<std::string> rows;
  for (const ForgottenCase& each : cases) rows.push_back(CaseKey(each.case_id));
  if (Status purged = store_->Purge(families::kKeys, rows); !purged.ok()) return purged;
  for (const std::string& directory : directories_) {
    if (Status added = AddForgotten(directory, cases); !added.ok()) return added;
  }
  return {};
}

}  // namespace onewindow
