#include "engine/kv/backup.h"

#include <rocksdb/utilities/backup_engine.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include "engine/base/check.h"
#include "engine/kv/data_directory.h"
#include "engine/kv/durable_file.h"
#include "engine/kv/rocks_fault.h"

namespace onewindow {
namespace {

rocksdb::BackupEngineOptions OptionsFor(const std::string& directory) {
  rocksdb::BackupEngineOptions options(directory);
  options.share_table_files = true;
  options.share_files_with_checksum = true;
  options.sync = true;
  return options;
}

std::string NameOf(const std::string& directory, uint32_t id) {
  return "backup " + std::to_string(id) + " in " + directory;
}

Result<std::unique_ptr<rocksdb::BackupEngine>> OpenForWriting(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) {
    return Fault{FaultKind::kIo, "Cannot create " + directory + ": " + error.message()};
  }
  rocksdb::BackupEngine* engine = nullptr;
  const rocksdb::Status status =
      rocksdb::BackupEngine::Open(OptionsFor(directory), rocksdb::Env::Default(), &engine);
  if (!status.ok()) return FaultOf(status, "Cannot open the backups in " + directory);
  return std::unique_ptr<rocksdb::BackupEngine>(engine);
}

Result<std::unique_ptr<rocksdb::BackupEngineReadOnly>> OpenForReading(
    const std::string& directory) {
  std::error_code error;
  if (!std::filesystem::is_directory(directory, error)) {
    return Fault{FaultKind::kNotFound, "There is no directory of backups at " + directory};
  }
  rocksdb::BackupEngineReadOnly* engine = nullptr;
  const rocksdb::Status status =
      rocksdb::BackupEngineReadOnly::Open(OptionsFor(directory), rocksdb::Env::Default(), &engine);
  if (!status.ok()) return FaultOf(status, "Cannot open the backups in " + directory);
  return std::unique_ptr<rocksdb::BackupEngineReadOnly>(engine);
}

Result<Backup> Describe(const rocksdb::BackupInfo& info, const std::string& directory) {
  const std::string& metadata = info.app_metadata;
  const std::string name = NameOf(directory, info.backup_id);
  if (metadata.size() < kHeadRecordBytes) {
    return Fault{FaultKind::kCorrupt, "The " + name + " was not made by OneWindow"};
  }
  const size_t head_at = metadata.size() - kHeadRecordBytes;
  const Result<uint32_t> format = ParseFormat(metadata.substr(0, head_at), "The " + name);
  if (!format.ok()) return format.fault();
  const Result<Head> head = DecodeHead(std::string_view(metadata).substr(head_at));
  if (!head.ok()) return head.fault();
  return Backup{.id = info.backup_id,
                .created_at = Instant(std::chrono::seconds(info.timestamp)),
                .bytes = info.size,
                .files = info.number_files,
                .format = format.value(),
                .head = head.value()};
}

// The description of a backup whose every file was read and found to be what was written.
Result<Backup> Verified(const rocksdb::BackupEngineReadOnly& engine, const std::string& directory,
                        uint32_t id) {
  const std::string name = NameOf(directory, id);
  rocksdb::BackupInfo info;
  if (const auto found = engine.GetBackupInfo(id, &info); !found.ok()) {
    return FaultOf(found, "Cannot find the " + name);
  }
  Result<Backup> backup = Describe(info, directory);
  if (!backup.ok()) return backup;
  const rocksdb::Status status = engine.VerifyBackup(id, /*verify_with_checksum=*/true);
  if (status.ok()) return backup;
  Fault fault = FaultOf(status, "The " + name + " is not what was written");
  // A file that went missing or changed its length is damage, whatever RocksDB calls it.
  if (fault.kind == FaultKind::kNotFound) fault.kind = FaultKind::kCorrupt;
  return fault;
}

Status CheckEmpty(const std::string& target) {
  std::error_code error;
  if (!std::filesystem::exists(target, error) || std::filesystem::is_empty(target, error)) {
    if (!error) return {};
    return Fault{FaultKind::kIo, "Cannot look into " + target + ": " + error.message()};
  }
  return Fault{FaultKind::kExists,
               "Expected to restore into an empty directory, but " + target + " holds something"};
}

}  // namespace

Result<Backup> CreateBackup(RocksKv& store, const std::string& directory, const Head& head,
                            const BackupProgress& progress) {
  if (Status writable = store.CheckWritable(); !writable.ok()) return writable.fault();
  const auto opened = OpenForWriting(directory);
  if (!opened.ok()) return opened.fault();
  rocksdb::BackupEngine& engine = *opened.value();

  rocksdb::CreateBackupOptions options;
  options.flush_before_backup = true;
  uint64_t bytes = 0;
  if (progress) {
    const uint64_t step = OptionsFor(directory).callback_trigger_interval_size;
    options.progress_callback = [&bytes, &progress, step] { progress(bytes += step); };
  }
  uint32_t id = 0;
  const rocksdb::Status status = engine.CreateNewBackupWithMetadata(
      options, &store.database(), FormatText(kDataFormat) + EncodeHead(head), &id);
  if (!status.ok()) return FaultOf(status, "Cannot back up to " + directory);

  rocksdb::BackupInfo info;
  if (const auto found = engine.GetBackupInfo(id, &info); !found.ok()) {
    return FaultOf(found, "Cannot read the new " + NameOf(directory, id));
  }
  return Describe(info, directory);
}

Result<BackupList> ListBackups(const std::string& directory) {
  const auto engine = OpenForReading(directory);
  if (!engine.ok()) return engine.fault();
  std::vector<rocksdb::BackupInfo> infos;
  engine.value()->GetBackupInfo(&infos);
  BackupList list;
  engine.value()->GetCorruptedBackups(&list.damaged);
  for (const rocksdb::BackupInfo& info : infos) {
    Result<Backup> backup = Describe(info, directory);
    if (backup.ok()) {
      list.backups.push_back(backup.value());
    } else {
      list.damaged.push_back(info.backup_id);
    }
  }
  return list;
}

Status VerifyBackup(const std::string& directory, uint32_t id) {
  const auto engine = OpenForReading(directory);
  if (!engine.ok()) return engine.fault();
  const Result<Backup> backup = Verified(*engine.value(), directory, id);
  if (!backup.ok()) return backup.fault();
  return {};
}

Status RestoreBackup(const std::string& directory, uint32_t id, const std::string& target,
                     const RestoreRest& rest) {
  if (Status empty = CheckEmpty(target); !empty.ok()) return empty;
  const auto engine = OpenForReading(directory);
  if (!engine.ok()) return engine.fault();
  const Result<Backup> backup = Verified(*engine.value(), directory, id);
  if (!backup.ok()) return backup.fault();

  const std::string database_path = DatabasePath(target);
  std::error_code error;
  std::filesystem::create_directories(database_path, error);
  if (error) {
    return Fault{FaultKind::kIo, "Cannot create " + database_path + ": " + error.message()};
  }
  const rocksdb::Status restored = engine.value()->RestoreDBFromBackup(
      rocksdb::RestoreOptions(), id, database_path, database_path);
  if (!restored.ok()) return FaultOf(restored, "Cannot restore the " + NameOf(directory, id));
  const auto head = HeadFile::Create(HeadPath(target), backup.value().head);
  if (!head.ok()) return head.fault();
  const Result<std::string> forgotten = ReadWhole(ForgottenPath(directory));
  if (!forgotten.ok() && forgotten.fault().kind != FaultKind::kNotFound) return forgotten.fault();
  if (forgotten.ok()) {
    const Status listed = WriteDurably(ForgottenPath(target), forgotten.value());
    if (!listed.ok()) return listed;
  }
  if (rest) {
    if (Status rested = rest(); !rested.ok()) return rested;
  }
  // Last: without it the directory is not opened.
  return WriteFormat(target, backup.value().format);
}

Status PurgeBackups(const std::string& directory, uint32_t keep) {
  CHECK(keep > 0);
  const auto engine = OpenForWriting(directory);
  if (!engine.ok()) return engine.fault();
  rocksdb::BackupEngine& backups = *engine.value();
  const std::string failed = "Cannot purge backups in " + directory;
  if (Status purged = StatusOf(backups.PurgeOldBackups(keep), failed); !purged.ok()) return purged;
  // That counts and deletes only those whose description can be read.
  std::vector<rocksdb::BackupInfo> kept;
  std::vector<rocksdb::BackupID> damaged;
  backups.GetBackupInfo(&kept);
  backups.GetCorruptedBackups(&damaged);
  for (const rocksdb::BackupID id : damaged) {
    if (kept.empty() || id > kept.front().backup_id) continue;
    if (Status deleted = StatusOf(backups.DeleteBackup(id), failed); !deleted.ok()) return deleted;
  }
  return {};
}

}  // namespace onewindow
