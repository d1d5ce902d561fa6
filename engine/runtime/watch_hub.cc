#include "engine/runtime/watch_hub.h"

#include <algorithm>
#include <utility>

namespace onewindow {
namespace {

bool Concerns(const WorklistScope& scope, const CaseHead* head) {
  return head != nullptr && std::ranges::any_of(head->tasks, [&scope](const TaskHead& task) {
           return scope.Holds(task);
         });
}

}  // namespace

bool WorklistScope::Holds(const TaskHead& task) const {
  if (task.state == Task::CLAIMED) return task.position == position;
  return task.organisation == organisation && std::ranges::find(duties, task.duty) != duties.end();
}

std::shared_ptr<Watch> WatchHub::WatchCase(CaseId case_id, std::function<void()> wake) {
  auto watch = std::make_shared<Watch>(std::move(wake));
  std::lock_guard lock(mutex_);
  if (!ended_.empty()) watch->End(ended_);
  by_case_[case_id].push_back(watch);
  return watch;
}

std::shared_ptr<Watch> WatchHub::WatchWorklist(WorklistScope scope, std::function<void()> wake) {
  auto watch = std::make_shared<Watch>(std::move(wake));
  std::lock_guard lock(mutex_);
  if (!ended_.empty()) watch->End(ended_);
  worklists_.push_back({.scope = std::move(scope), .watch = watch});
  return watch;
}

void WatchHub::Tell(const Change& change, const CaseHead* before, const CaseHead* after) {
  std::lock_guard lock(mutex_);
  if (const auto found = by_case_.find(change.case_id); found != by_case_.end()) {
    std::erase_if(found->second, [&change](const std::weak_ptr<Watch>& weak) {
      const std::shared_ptr<Watch> watch = weak.lock();
      if (watch != nullptr) watch->Add(change);
      return watch == nullptr;
    });
    if (found->second.empty()) by_case_.erase(found);
  }
  std::erase_if(worklists_, [&](const WorklistWatch& entry) {
    const std::shared_ptr<Watch> watch = entry.watch.lock();
    if (watch == nullptr) return true;
    if (Concerns(entry.scope, before) || Concerns(entry.scope, after)) watch->Add(change);
    return false;
  });
}

void WatchHub::End(const std::string& reason) {
  std::lock_guard lock(mutex_);
  ended_ = reason;
  for (auto& [case_id, watches] : by_case_) {
    for (const std::weak_ptr<Watch>& weak : watches) {
      if (const auto watch = weak.lock()) watch->End(reason);
    }
  }
  for (const WorklistWatch& entry : worklists_) {
    if (const auto watch = entry.watch.lock()) watch->End(reason);
  }
}

}  // namespace onewindow
