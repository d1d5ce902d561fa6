#include "engine/runtime/case_cache.h"

#include <utility>

namespace onewindow {

const CommittedCase* CaseCache::Find(CaseId case_id) {
  const auto place = places_.find(case_id);
  if (place == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return &place->second->committed;
}

void CaseCache::Keep(CaseId case_id, CommittedCase committed) {
  const auto place = places_.find(case_id);
  if (place != places_.end()) {
    place->second->committed = std::move(committed);
    entries_.splice(entries_.begin(), entries_, place->second);
    return;
  }
  if (entries_.size() >= capacity_) {
    places_.erase(entries_.back().case_id);
    entries_.pop_back();
  }
  entries_.push_front({.case_id = case_id, .committed = std::move(committed)});
  places_[case_id] = entries_.begin();
}

void CaseCache::Drop(CaseId case_id) {
  const auto place = places_.find(case_id);
  if (place == places_.end()) return;
  entries_.erase(place->second);
  places_.erase(place);
}

}  // namespace onewindow
