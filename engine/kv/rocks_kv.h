#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/kv/kv.h"

namespace rocksdb {
class DB;
}

namespace onewindow {

// kReadOnly changes nothing that was committed: for offline tools, on data that nobody else uses.
enum class Access { kReadWrite, kReadOnly };

struct RocksKvOptions {
  std::string directory;             // The data directory (data_directory.h), created if need be.
  std::vector<FamilySpec> families;  // All there are. A new name makes a new, empty family.
  Access access = Access::kReadWrite;
  size_t memory_bytes = 256 << 20;  // For everything cached and not yet flushed. At least 16 MiB.
  uint64_t free_bytes_min = 256 << 20;  // Below it writes are refused (FreeSpaceGuard). 0: never.
};

// The store of the server: RocksDB, one writer, every commit in its log before it is visible.
//
// What it does not promise: that a damaged tail of RocksDB's log is always noticed at opening. The
// reader of the log above compares with the HEAD file (head_file.h).
class RocksKv final : public Kv {
 public:
  // kUnavailable where the directory is held, by this process or another; kUnsupported where a
  // newer OneWindow wrote it; kNotFound for kReadOnly without data; kCorrupt where the data is
  // damaged; kInvalid for options that do not fit the data.
  static Result<std::unique_ptr<RocksKv>> Open(const RocksKvOptions& options);
  ~RocksKv() override;

  Result<std::optional<std::string>> Get(Family family, std::string_view key) const override;
  Result<ScanEnd> Scan(Family family, const KeyRange& range, const ScanOptions& options,
                       const Visitor& visit) const override;
  std::unique_ptr<const Reader> Snapshot() const override;
  // Requires, as Sync() does: opened for writing.
  Status Commit(const Batch& batch, Durability durability) override;
  Status Sync() override;

  // The Fault that a Commit would be refused with now, before it writes anything.
  Status CheckWritable() const;

  // Reads every stored file and compares it with its checksum; takes as long as reading the whole
  // database. Callable from any thread.
  Status VerifyFiles() const;

  // Of deleted keys: rewrites the files that still hold them or their values, and drops the logs
  // that do, so that no file of the store has them afterwards. What the disk keeps of files that
  // are gone is beyond it, and a backup that is being made meanwhile may still hold them. Callable
  // from any thread; takes as long as rewriting those files.
  Status Purge(Family family, const std::vector<std::string>& keys);

  // For backups of the running store (backup.h), nothing else.
  rocksdb::DB& database();

 private:
  struct Engine;
  class View;

  explicit RocksKv(std::unique_ptr<Engine> engine);

  std::unique_ptr<Engine> engine_;
};

}  // namespace onewindow
