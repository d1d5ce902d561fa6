#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/ids.h"
#include "engine/runtime/watch.h"
#include "engine/tables/case_head.h"

namespace onewindow {

// Which tasks a position cares for: unclaimed ones of its organisation and duties, and its own.
struct WorklistScope {
  OrganisationNumber organisation;
  std::vector<Duty> duties;
  PositionNumber position;

  bool Holds(const TaskHead& task) const;
};

// Who watches what. Callable from any thread.
class WatchHub {
 public:
  std::shared_ptr<Watch> WatchCase(CaseId case_id, std::function<void()> wake);
  std::shared_ptr<Watch> WatchWorklist(WorklistScope scope, std::function<void()> wake);

  // A case changed; null heads: it was not, or is no more, open.
  void Tell(const Change& change, const CaseHead* before, const CaseHead* after);
  // Ends all watches, and those to come at once.
  void End(const std::string& reason);

 private:
  struct WorklistWatch {
    WorklistScope scope;
    std::weak_ptr<Watch> watch;
  };

  std::mutex mutex_;
  std::string ended_;                                                      // Guarded by mutex_,
  std::unordered_map<CaseId, std::vector<std::weak_ptr<Watch>>> by_case_;  // as all below.
  std::vector<WorklistWatch> worklists_;
};

}  // namespace onewindow
