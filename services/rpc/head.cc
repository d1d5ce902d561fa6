#include "services/rpc/head.h"

#include <algorithm>

namespace onewindow {

Result<Head> HeadOf(const Engine& engine) {
  Head head;
  head.sequence = engine.Stats().sequence;
  if (!head.sequence) return head;
  const auto last = engine.log().ReadAfter(Sequence{head.sequence.value - 1}, 1);
  if (!last.ok()) return last.fault();
  const std::string& hash = last.value().hash;
  if (hash.size() != head.hash.size()) {
    return Fault{FaultKind::kCorrupt, "the log does not reach its last command"};
  }
  std::copy(hash.begin(), hash.end(), head.hash.begin());
  return head;
}

}  // namespace onewindow
