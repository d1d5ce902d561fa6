#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

class Reader;
enum class Visit;

inline constexpr size_t kHashBytes = 32;

// Sees one command as stored: its sequence, the bytes of its LoggedCommand, the chain's hash.
using LogVisitor =
    std::function<Visit(Sequence sequence, std::string_view body, std::string_view hash)>;

// Visits the log from a sequence on, until its end or the visitor stops. kCorrupt where a sequence
// is missing between two that are there, or a run cannot be parsed. Hashes are not checked.
Status VisitLog(const Reader& store, Sequence first, const LogVisitor& visit);

// A stretch of the log.
struct LogStretch {
  // Unbroken, in order; sealed.
  std::vector<LoggedCommand> commands;
  // The chain's hash after the last of them: 32 bytes, empty where there are none.
  std::string hash;
};

// Reads the log from any position: for exports, adapters and audit, each with a position of its
// own. Callable from any thread; what it sees was committed.
class LogReader {
 public:
  // The store must outlive the reader.
  explicit LogReader(const Reader& store) : store_(&store) {}

  // At most `limit` commands after the sequence; empty at the end of the log. kCorrupt where a
  // sequence is missing or bytes cannot be parsed.
  Result<LogStretch> ReadAfter(Sequence position, size_t limit) const;
  // kNotFound where the log does not reach it.
  Result<LoggedCommand> Read(Sequence sequence) const;
  // Several at once, in the order given.
  Result<std::vector<LoggedCommand>> ReadEach(const std::vector<Sequence>& sequences) const;

 private:
  const Reader* store_;
};

}  // namespace onewindow
