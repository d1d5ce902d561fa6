#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/kv/head_file.h"
#include "engine/kv/kv.h"

namespace onewindow {

// Something in the data that the log does not make.
struct VerifyFinding {
  // E.g. "log 17", "open case 42", "HEAD".
  std::string where;
  std::string what;
};

inline constexpr size_t kVerifyFindingsMax = 1000;

struct VerifyReport {
  uint64_t commands = 0;
  uint64_t open_cases = 0;
  uint64_t closed_cases = 0;
  // Files of cases; VerifyData only.
  uint64_t files = 0;
  // At most kVerifyFindingsMax of all that there are.
  std::vector<VerifyFinding> findings;
  uint64_t findings_in_all = 0;

  bool ok() const { return findings_in_all == 0; }
};

struct VerifyProgress {
  uint64_t commands = 0;
  // The sequence that HEAD names; the log may reach a little further.
  uint64_t expected = 0;
};

// Called now and then.
using VerifyListener = std::function<void(const VerifyProgress&)>;

// Makes everything again from the log, from its first command on, and compares: the chain of hashes
// and HEAD, every record byte for byte with its head, the directory, what was published, and the
// saved folds. Events are applied, nothing is decided. Nothing is changed.
//
// Memory: the records of the cases that are open at the same time, about 4 KiB each, and the folds
// of the log. Faults are those of reading; what is wrong with the content is a finding.
Result<VerifyReport> VerifyStore(const Reader& store, const Head& head,
                                 const VerifyListener& listener);

// The same for the data directory of a server that does not run, with the files of its cases.
// Faults as RocksKv::Open's.
Result<VerifyReport> VerifyData(const std::string& directory, const VerifyListener& listener);

}  // namespace onewindow
