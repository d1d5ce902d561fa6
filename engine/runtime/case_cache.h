#pragma once

#include <list>
#include <memory>
#include <unordered_map>

#include "engine/base/ids.h"
#include "engine/tables/case_head.h"

namespace onewindow {

// A case as it was committed last.
struct CommittedCase {
  std::shared_ptr<const CaseRecord> record;
  // As it stands in front of the stored record, and so in the folds.
  CaseHead head;
};

// The open cases that were used last, decoded. For the writer alone.
class CaseCache {
 public:
  explicit CaseCache(size_t capacity) : capacity_(capacity) {}

  // Null where the case is not kept. Valid until the next call.
  const CommittedCase* Find(CaseId case_id);
  void Keep(CaseId case_id, CommittedCase committed);
  void Drop(CaseId case_id);

 private:
  struct Entry {
    CaseId case_id;
    CommittedCase committed;
  };

  size_t capacity_;
  std::list<Entry> entries_;  // The last used first.
  std::unordered_map<CaseId, std::list<Entry>::iterator> places_;
};

}  // namespace onewindow
