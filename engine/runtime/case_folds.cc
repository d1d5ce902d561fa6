#include "engine/runtime/case_folds.h"

#include <algorithm>
#include <utility>

namespace onewindow {
namespace {

std::optional<Instant> Earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a) return b;
  if (!b) return a;
  return std::min(*a, *b);
}

WorkKey KeyOf(CaseId case_id, const CaseHead& head, const TaskHead& task) {
  return {.urgency = static_cast<uint8_t>(255 - head.priority),
          .due = DueOf(head, task).value_or(Instant::max()),
          .case_id = case_id,
          .task = task.id};
}

LightKey LightOf(CaseId case_id, const CaseHead& head) {
  return {.due = *head.due,
          .case_id = case_id,
          .near = head.near.value_or(kInstantMax),
          .intake = head.intake,
          .holder = head.tasks.empty() ? head.intake : head.tasks.front().organisation};
}

// Where a case stands in the folds: one list of entries for each of them. What is in a set is
// decided here alone, for building as for changing.
template <typename Sink>
void Place(CaseId case_id, const CaseHead& head, Sink&& sink) {
  for (const TaskHead& task : head.tasks) sink.Work(head, task, KeyOf(case_id, head, task));
  if (head.wake && !head.set_aside) sink.Timer({*head.wake, case_id});
  if (head.due) sink.Light(LightOf(case_id, head));
  // Without a time of its own a light turns from normal to overdue at once.
  if (head.due)
    sink.Near({std::min(head.near.value_or(kInstantMax), *head.due + Duration(1)), case_id});
  if (head.applicant != 0) sink.Applicant({head.applicant, case_id});
  if (head.accompanied_by) sink.Accompanied({head.accompanied_by, case_id});
}

// An enquiry is not counted as a case.
uint64_t CountOf(const CaseHead& head) { return head.stage == STAGE_ENQUIRY ? 0 : 1; }

bool IsReady(const TaskHead& task) { return task.kind == Task::COLLECTION_READY; }
bool IsHeld(const TaskHead& task) { return task.state == Task::CLAIMED && bool(task.position); }

template <typename Map>
const typename Map::mapped_type* Find(const Map& map, const typename Map::key_type& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

bool IsEmpty(const Worklist& list) { return list.empty(); }
bool IsEmpty(const Worklists& lists) {
  return std::ranges::all_of(lists, [](const auto& entry) { return entry.second.empty(); });
}

bool SameLists(const Worklist& a, const Worklist& b) { return a == b; }

template <typename Map>
bool SameLists(const Map& a, const Map& b) {
  const auto covers = [](const Map& whole, const Map& part) {
    return std::ranges::all_of(part, [&whole](const auto& entry) {
      if (IsEmpty(entry.second)) return true;
      const auto* other = Find(whole, entry.first);
      return other != nullptr && SameLists(*other, entry.second);
    });
  };
  return covers(a, b) && covers(b, a);
}

void Fill(Worklist& list, std::vector<WorkKey>& keys) { list.Assign(std::move(keys)); }

template <typename To, typename From>
void Fill(To& lists, From& values) {
  for (auto& [key, keys] : values) Fill(lists[key], keys);
}

}  // namespace

std::optional<Instant> DueOf(const CaseHead& head, const TaskHead& task) {
  return Earlier(task.due, head.due);
}

std::optional<Instant> NearOf(const CaseHead& head, const TaskHead& task) {
  return Earlier(task.near, head.near);
}

Light LightAt(std::optional<Instant> due, std::optional<Instant> near, Instant now) {
  if (due && now > *due) return LIGHT_OVERDUE;
  if (near && now >= *near) return LIGHT_NEAR;
  return LIGHT_NORMAL;
}

void CaseFolds::Replace(CaseId case_id, const CaseHead* before, const CaseHead* after) {
  struct Remove {
    CaseFolds& folds;
    void Work(const CaseHead& head, const TaskHead& task, const WorkKey& key) {
      folds.ListOf(head, task).Erase(key);
      if (IsReady(task)) folds.ready_[task.organisation].Erase(key);
    }
    void Timer(const TimerKey& key) { folds.timers_.Erase(key); }
    void Light(const LightKey& key) { folds.lights_.Erase(key); }
    void Near(const TimerKey& key) { folds.nears_.Erase(key); }
    void Applicant(const ApplicantEntry& entry) { folds.applicants_.Erase(entry); }
    void Accompanied(const AccompaniedKey& key) { folds.accompanied_.Erase(key); }
  };
  struct Add {
    CaseFolds& folds;
    void Work(const CaseHead& head, const TaskHead& task, const WorkKey& key) {
      folds.ListOf(head, task).Insert(key);
      if (IsReady(task)) folds.ready_[task.organisation].Insert(key);
    }
    void Timer(const TimerKey& key) { folds.timers_.Insert(key); }
    void Light(const LightKey& key) { folds.lights_.Insert(key); }
    void Near(const TimerKey& key) { folds.nears_.Insert(key); }
    void Applicant(const ApplicantEntry& entry) { folds.applicants_.Insert(entry); }
    void Accompanied(const AccompaniedKey& key) { folds.accompanied_.Insert(key); }
  };
  if (before != nullptr) {
    Place(case_id, *before, Remove{*this});
    open_cases_ -= CountOf(*before);
    if (CountOf(*before) > 0 && --open_at_[before->intake] == 0) open_at_.erase(before->intake);
  }
  if (after != nullptr) {
    Place(case_id, *after, Add{*this});
    open_cases_ += CountOf(*after);
    if (CountOf(*after) > 0) ++open_at_[after->intake];
  }
}

Worklist& CaseFolds::ListOf(const CaseHead& head, const TaskHead& task) {
  if (IsHeld(task)) return holders_[task.position][head.intake];
  return pools_[{.organisation = task.organisation, .duty = task.duty}][head.intake];
}

const Worklists* CaseFolds::InPool(const Pool& pool) const { return Find(pools_, pool); }
const Worklists* CaseFolds::HeldBy(PositionNumber position) const {
  return Find(holders_, position);
}
const Worklist* CaseFolds::ReadyAt(OrganisationNumber organisation) const {
  return Find(ready_, organisation);
}

bool operator==(const CaseFolds& a, const CaseFolds& b) {
  return a.open_cases_ == b.open_cases_ && a.open_at_ == b.open_at_ && a.timers_ == b.timers_ &&
         a.lights_ == b.lights_ && a.nears_ == b.nears_ && a.applicants_ == b.applicants_ &&
         a.accompanied_ == b.accompanied_ && SameLists(a.pools_, b.pools_) &&
         SameLists(a.holders_, b.holders_) && SameLists(a.ready_, b.ready_);
}

void CaseFolds::Builder::Add(CaseId case_id, const CaseHead& head) {
  struct Collect {
    Builder& builder;
    void Work(const CaseHead& head, const TaskHead& task, const WorkKey& key) {
      const Pool pool{.organisation = task.organisation, .duty = task.duty};
      Keys& keys = IsHeld(task) ? builder.holders_[task.position] : builder.pools_[pool];
      keys[head.intake].push_back(key);
      if (IsReady(task)) builder.ready_[task.organisation].push_back(key);
    }
    void Timer(const TimerKey& key) { builder.timers_.push_back(key); }
    void Light(const LightKey& key) { builder.lights_.push_back(key); }
    void Near(const TimerKey& key) { builder.nears_.push_back(key); }
    void Applicant(const ApplicantEntry& entry) { builder.applicants_.push_back(entry); }
    void Accompanied(const AccompaniedKey& key) { builder.accompanied_.push_back(key); }
  };
  Place(case_id, head, Collect{*this});
  open_cases_ += CountOf(head);
  if (CountOf(head) > 0) ++open_at_[head.intake];
}

CaseFolds CaseFolds::Builder::Build() && {
  CaseFolds folds;
  Fill(folds.pools_, pools_);
  Fill(folds.holders_, holders_);
  Fill(folds.ready_, ready_);
  folds.timers_.Assign(std::move(timers_));
  folds.lights_.Assign(std::move(lights_));
  folds.nears_.Assign(std::move(nears_));
  folds.applicants_.Assign(std::move(applicants_));
  folds.accompanied_.Assign(std::move(accompanied_));
  folds.open_cases_ = open_cases_;
  folds.open_at_ = std::move(open_at_);
  return folds;
}

}  // namespace onewindow
