#include "engine/kv/rocks_kv.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/base/check.h"
#include "engine/kv/data_directory.h"
#include "engine/kv/free_space_guard.h"
#include "engine/kv/rocks_fault.h"
#include "engine/kv/rocks_options.h"
#include "engine/kv/rocks_trace.h"

namespace onewindow {
namespace {

constexpr size_t kMemoryBytesMin = 16 << 20;
// What RocksDB adds to an operation at most: kind, family, two lengths.
constexpr size_t kBatchOverheadBytes = 16;
constexpr size_t kTraceBytesMax = 1 << 20;

// RocksDB's own lock file, taken through RocksDB so that both sides know of each other.
class DirectoryLock {
 public:
  static Result<DirectoryLock> Take(const std::string& database_path) {
    rocksdb::FileLock* lock = nullptr;
    const rocksdb::Status status =
        rocksdb::Env::Default()->LockFile(database_path + "/LOCK", &lock);
    if (status.ok()) return DirectoryLock(lock);
    if (!IsHeld(status)) return FaultOf(status, "Cannot lock " + database_path);
    return Fault{FaultKind::kUnavailable, "Another process holds " + database_path +
                                              ": stop it first, or ask it through its server (" +
                                              status.ToString() + ")"};
  }
  DirectoryLock(DirectoryLock&& other) noexcept : lock_(std::exchange(other.lock_, nullptr)) {}
  DirectoryLock& operator=(DirectoryLock&& other) noexcept {
    std::swap(lock_, other.lock_);
    return *this;
  }
  ~DirectoryLock() {
    if (lock_ != nullptr) rocksdb::Env::Default()->UnlockFile(lock_).PermitUncheckedError();
  }

 private:
  explicit DirectoryLock(rocksdb::FileLock* lock) : lock_(lock) {}

  // RocksDB tells "somebody has it" from other failures only in words: the first for another
  // process, the second for this one.
  static bool IsHeld(const rocksdb::Status& status) {
    const std::string words = status.ToString();
    return words.find("While lock file") != std::string::npos ||
           words.find("lock hold by current process") != std::string::npos;
  }

  rocksdb::FileLock* lock_;
};

Status CheckOptions(const RocksKvOptions& options) {
  if (options.directory.empty()) {
    return Fault{FaultKind::kInvalid, "Expected a data directory, but its name is empty"};
  }
  if (options.memory_bytes < kMemoryBytesMin) {
    return Fault{FaultKind::kInvalid, "Expected at least 16 MiB of memory for the store, but got " +
                                          std::to_string(options.memory_bytes) + " bytes"};
  }
  return {};
}

// Refuses data of a newer OneWindow before anything is touched, and makes the directory when there
// is none yet.
Status PrepareDirectory(const RocksKvOptions& options) {
  const Result<uint32_t> format = ReadFormat(options.directory);
  if (format.ok()) return {};
  if (format.fault().kind != FaultKind::kNotFound) return format.fault();
  if (options.access == Access::kReadOnly) {
    return Fault{FaultKind::kNotFound, "There is no data of OneWindow in " + options.directory};
  }
  const std::string database_path = DatabasePath(options.directory);
  std::error_code error;
  if (std::filesystem::exists(database_path + "/CURRENT", error)) {
    return Fault{FaultKind::kCorrupt,
                 options.directory +
                     " has a database, but no FORMAT file: a restore that did not "
                     "finish, or a file that was lost"};
  }
  std::filesystem::create_directories(database_path, error);
  if (error) {
    return Fault{FaultKind::kIo, "Cannot create " + database_path + ": " + error.message()};
  }
  return WriteFormat(options.directory, kDataFormat);
}

rocksdb::Slice SliceOf(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view ViewOf(rocksdb::Slice slice) { return {slice.data(), slice.size()}; }

}  // namespace

struct RocksKv::Engine {
  explicit Engine(const RocksKvOptions& options)
      : access(options.access), guard(options.directory, options.free_bytes_min) {}
  ~Engine() {
    if (database == nullptr) return;
    for (rocksdb::ColumnFamilyHandle* handle : handles) {
      database->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    }
    database->Close().PermitUncheckedError();
  }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  rocksdb::Status OpenDatabase(const std::string& path, const RocksSettings& settings) {
    rocksdb::DB* opened = nullptr;
    const rocksdb::Status status =
        access == Access::kReadWrite
            ? rocksdb::DB::Open(settings.database, path, settings.families, &handles, &opened)
            : rocksdb::DB::OpenForReadOnly(settings.database, path, settings.families, &handles,
                                           &opened);
    database.reset(opened);
    return status;
  }

  rocksdb::ColumnFamilyHandle* HandleOf(Family family) const {
    CHECK(family.index + 1 < handles.size()) << family.index;
    return handles[family.index + 1];  // Behind RocksDB's default family.
  }

  const Access access;
  const FreeSpaceGuard guard;
  const std::shared_ptr<FailStop> fail_stop = std::make_shared<FailStop>();
  std::optional<DirectoryLock> lock;  // Held by us when RocksDB does not: while only reading.
  std::unique_ptr<rocksdb::DB> database;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
};

// Reads at a RocksDB snapshot, or where there is none, the present of each call.
class RocksKv::View final : public Reader {
 public:
  View(const Engine& engine, const rocksdb::Snapshot* snapshot)
      : engine_(engine), snapshot_(snapshot) {}
  ~View() override {
    if (snapshot_ != nullptr) engine_.database->ReleaseSnapshot(snapshot_);
  }
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  Result<std::optional<std::string>> Get(Family family, std::string_view key) const override {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    std::string value;
    const rocksdb::Status status =
        engine_.database->Get(options, engine_.HandleOf(family), SliceOf(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return FaultOf(status, "Cannot read from the store");
    return std::optional(std::move(value));
  }

  Result<ScanEnd> Scan(Family family, const KeyRange& range, const ScanOptions& scan,
                       const Visitor& visit) const override {
    CHECK(scan.limit > 0);
    if (range.until <= range.from) return ScanEnd{};
    const rocksdb::Slice lower = range.from;
    const rocksdb::Slice upper = range.until;
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    options.iterate_lower_bound = &lower;
    options.iterate_upper_bound = &upper;
    const std::unique_ptr<rocksdb::Iterator> at(
        engine_.database->NewIterator(options, engine_.HandleOf(family)));
    ScanEnd end = Walk(*at, range, scan, visit);
    if (!at->status().ok()) return FaultOf(at->status(), "Cannot scan the store");
    return end;
  }

 private:
  static ScanEnd Walk(rocksdb::Iterator& at, const KeyRange& range, const ScanOptions& scan,
                      const Visitor& visit) {
    const bool forward = scan.direction == Direction::kForward;
    ScanEnd end;
    forward ? at.SeekToFirst() : at.SeekToLast();
    while (at.Valid()) {
      const Visit answer = visit(ViewOf(at.key()), ViewOf(at.value()));
      ++end.visited;
      const bool last = answer == Visit::kStop || end.visited == scan.limit;
      const std::string last_key = last ? at.key().ToString() : std::string();
      forward ? at.Next() : at.Prev();
      if (!last) continue;
      if (at.Valid()) {
        end.rest = forward ? KeyRange{.from = at.key().ToString(), .until = range.until}
                           : KeyRange{.from = range.from, .until = last_key};
      }
      break;
    }
    return end;
  }

  const Engine& engine_;
  const rocksdb::Snapshot* const snapshot_;
};

Result<std::unique_ptr<RocksKv>> RocksKv::Open(const RocksKvOptions& options) {
  if (Status fit = CheckOptions(options); !fit.ok()) return fit.fault();
  if (Status prepared = PrepareDirectory(options); !prepared.ok()) return prepared.fault();

  const std::string database_path = DatabasePath(options.directory);
  auto engine = std::make_unique<Engine>(options);
  {
    // Asked before RocksDB is, which would first put away the info log of the process that runs.
    Result<DirectoryLock> lock = DirectoryLock::Take(database_path);
    if (!lock.ok()) return lock.fault();
    if (options.access == Access::kReadOnly) engine->lock = std::move(lock).value();
  }
  RocksSettings settings = MakeRocksSettings(options, engine->fail_stop);
  Result<std::shared_ptr<rocksdb::Logger>> info_log = OpenRocksTrace(database_path, kTraceBytesMax);
  if (!info_log.ok()) return info_log.fault();
  settings.database.info_log = std::move(info_log).value();
  if (const auto status = engine->OpenDatabase(database_path, settings); !status.ok()) {
    return FaultOf(status, "Cannot open " + database_path);
  }
  return std::unique_ptr<RocksKv>(new RocksKv(std::move(engine)));
}

RocksKv::RocksKv(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

RocksKv::~RocksKv() = default;

Result<std::optional<std::string>> RocksKv::Get(Family family, std::string_view key) const {
  return View(*engine_, nullptr).Get(family, key);
}

Result<ScanEnd> RocksKv::Scan(Family family, const KeyRange& range, const ScanOptions& options,
                              const Visitor& visit) const {
  return View(*engine_, nullptr).Scan(family, range, options, visit);
}

std::unique_ptr<const Reader> RocksKv::Snapshot() const {
  return std::make_unique<View>(*engine_, engine_->database->GetSnapshot());
}

Status RocksKv::Commit(const Batch& batch, Durability durability) {
  if (Status writable = CheckWritable(); !writable.ok()) return writable;
  if (batch.empty()) return {};

  rocksdb::WriteBatch writes(batch.bytes() + batch.size() * kBatchOverheadBytes, 0,
                             kProtectionBytesPerKey, 0);
  for (size_t i = 0; i < batch.size(); ++i) {
    const Batch::Operation operation = batch.operation(i);
    rocksdb::ColumnFamilyHandle* const handle = engine_->HandleOf(operation.family);
    const rocksdb::Status added =
        operation.kind == Batch::Kind::kPut
            ? writes.Put(handle, SliceOf(operation.key), SliceOf(operation.value))
            : writes.Delete(handle, SliceOf(operation.key));
    CHECK(added.ok()) << added.ToString();
  }
  rocksdb::WriteOptions options;
  options.sync = durability == Durability::kSynced;
  return engine_->fail_stop->Settle(engine_->database->Write(options, &writes));
}

Status RocksKv::Sync() {
  if (Status writable = CheckWritable(); !writable.ok()) return writable;
  return engine_->fail_stop->Settle(engine_->database->SyncWAL());
}

Status RocksKv::CheckWritable() const {
  CHECK(engine_->access == Access::kReadWrite);
  if (Status alive = engine_->fail_stop->Check(); !alive.ok()) return alive;
  return engine_->guard.Check();
}

Status RocksKv::VerifyFiles() const {
  return StatusOf(engine_->database->VerifyFileChecksums(rocksdb::ReadOptions()),
                  "A stored file is not what was written");
}

// Every family is flushed, because a log goes only when none of them needs it any more.
Status RocksKv::Purge(Family family, const std::vector<std::string>& keys) {
  constexpr const char* kWhat = "Cannot purge deleted keys";
  if (Status writable = CheckWritable(); !writable.ok()) return writable;
  rocksdb::DB& database = *engine_->database;
  const auto flushed = database.Flush(rocksdb::FlushOptions(), engine_->handles);
  if (!flushed.ok()) return FaultOf(flushed, kWhat);
  rocksdb::CompactRangeOptions options;
  options.exclusive_manual_compaction = false;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (const std::string& key : keys) {
    const rocksdb::Slice slice = SliceOf(key);
    const auto compacted =
        database.CompactRange(options, engine_->HandleOf(family), &slice, &slice);
    if (!compacted.ok()) return FaultOf(compacted, kWhat);
  }
  // A compaction says that it is done before its old files are deleted; the threads that do it come
  // to rest only afterwards.
  const auto rested = database.PauseBackgroundWork();
  const auto resumed = database.ContinueBackgroundWork();
  if (!rested.ok()) return FaultOf(rested, kWhat);
  return StatusOf(resumed, kWhat);
}

rocksdb::DB& RocksKv::database() { return *engine_->database; }

}  // namespace onewindow
