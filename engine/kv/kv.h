#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/kv/batch.h"

namespace onewindow {

// Hot families are read and rewritten all day; cold ones are written once, kept for years and
// therefore compressed.
enum class Temperature { kHot, kCold };

struct FamilySpec {
  std::string name;  // Unique, not empty, never changed: the name is what is on disk.
  Temperature temperature = Temperature::kHot;
};

enum class Direction { kForward, kBackward };

// The keys k with from <= k < until, bytewise. Empty where until <= from.
struct KeyRange {
  std::string from;
  std::string until;
};

// The keys that begin with `prefix`; all of them when it is empty.
KeyRange KeysWithPrefix(std::string_view prefix);
// Greater than every key that a store can hold: the `until` of a range without an end of its own.
const std::string& AfterEveryKey();

struct ScanOptions {
  Direction direction = Direction::kForward;
  // Entries to visit at most. Requires: > 0.
  size_t limit = std::numeric_limits<size_t>::max();
};

enum class Visit { kContinue, kStop };
// Sees one entry. The views are valid only during the call. It may read the store, not change it.
using Visitor = std::function<Visit(std::string_view key, std::string_view value)>;

// How a scan ended.
struct ScanEnd {
  size_t visited = 0;
  // There where entries of the range were left out, by the limit or by the visitor: the same scan
  // over this range visits exactly those.
  std::optional<KeyRange> rest;
};

// What can be read. Every answer is taken from one moment, a whole scan too.
//
// Faults: kCorrupt where the stored bytes fail their checksum, kIo where they cannot be read.
// Callable from any thread.
class Reader {
 public:
  virtual ~Reader() = default;

  // Nothing where the key is not there.
  virtual Result<std::optional<std::string>> Get(Family family, std::string_view key) const = 0;
  virtual Result<ScanEnd> Scan(Family family, const KeyRange& range, const ScanOptions& options,
                               const Visitor& visit) const = 0;
};

// kSynced: on disk when Commit returns. kBuffered: survives the end of the process, but the machine
// only after the next Sync(); for imports that can begin again.
enum class Durability { kSynced, kBuffered };

// An ordered byte map with families, snapshots and atomic batches: the only door to the disk.
class Kv : public Reader {
 public:
  // Reads the present moment for as long as it lives; it must not outlive its store. A long life
  // keeps old versions on disk.
  virtual std::unique_ptr<const Reader> Snapshot() const = 0;

  // Makes the whole batch visible and durable, or nothing of it. From one thread at a time.
  // kNoSpace: refused before anything was written, and may be tried again. kIo: the store has
  // failed for good, the batch may or may not have survived, and so it is with every later Commit
  // until the process has been started anew; reads go on where they can.
  virtual Status Commit(const Batch& batch, Durability durability) = 0;

  // What was committed before is on disk when it returns. Fails as Commit does.
  virtual Status Sync() = 0;
};

}  // namespace onewindow
