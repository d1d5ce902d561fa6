#include "engine/runtime/submission.h"

namespace onewindow {

std::string EtagOf(const CaseRecord& record) {
  if (record.history_size() == 0) return {};
  return std::to_string(record.history(record.history_size() - 1));
}

}  // namespace onewindow
