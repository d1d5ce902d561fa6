#pragma once

#include <string>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/kv/kv.h"

namespace onewindow {

// How far the log of a damaged data directory can be trusted.
struct LogSurvey {
  // The commands 1 to whole_until are all there and their chain of hashes holds; 0: none.
  Sequence whole_until;
  // What comes next, if anything: why it is not whole.
  std::string broken_by;
  // How many more commands can be read behind it.
  uint64_t behind = 0;

  bool unbroken() const { return broken_by.empty(); }
};

// Reads the whole log. Changes nothing. Faults are those of the store.
Result<LogSurvey> SurveyLog(const Reader& store);

}  // namespace onewindow
