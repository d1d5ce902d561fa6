#include "engine/runtime/full_backup.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

#include "engine/attachments/file_backup.h"
#include "engine/kv/durable_file.h"

namespace onewindow {
namespace {

// Damaged backups have theirs too.
Result<std::vector<uint32_t>> IdsIn(const std::string& backups) {
  Result<BackupList> list = ListBackups(backups);
  if (!list.ok()) return list.fault();
  std::vector<uint32_t> ids = list.value().damaged;
  for (const Backup& backup : list.value().backups) ids.push_back(backup.id);
  return ids;
}

// Ids ascend.
Result<uint32_t> NextId(const std::string& backups) {
  Result<std::vector<uint32_t>> ids = IdsIn(backups);
  if (!ids.ok() && ids.fault().kind != FaultKind::kNotFound) return ids.fault();
  if (!ids.ok() || ids.value().empty()) return uint32_t{1};
  return *std::ranges::max_element(ids.value()) + 1;
}

// Held as long as the descriptor is: so nobody purges the files of a backup that is being made.
Result<Descriptor> Lock(const std::string& backups) {
  Descriptor directory(::open(backups.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.open()) return SystemFault("Cannot open", backups);
  if (::flock(directory.number(), LOCK_EX | LOCK_NB) == 0) return directory;
  if (errno != EWOULDBLOCK) return SystemFault("Cannot lock", backups);
  return Fault{FaultKind::kUnavailable, "another process is changing the backups in " + backups};
}

}  // namespace

// The files come after the database, so that none is missing that the database names; the list that
// was begun before it says so, should the making end in between.
Result<Backup> BackUpData(const BackupSource& source, const std::string& backups,
                          const BackupProgress& progress) {
  if (Status writable = source.store.CheckWritable(); !writable.ok()) return writable.fault();
  std::error_code error;
  std::filesystem::create_directories(backups, error);
  Result<Descriptor> lock = Lock(backups);
  if (!lock.ok()) return lock.fault();
  Result<uint32_t> id = NextId(backups);
  if (!id.ok()) return id.fault();
  if (Status begun = BeginFileBackup(backups, id.value()); !begun.ok()) return begun.fault();
  Result<Backup> backup = CreateBackup(source.store, backups, source.head, progress);
  if (!backup.ok()) return backup;
  Status files = BackUpFiles(source.data_directory, backups, backup.value().id);
  if (!files.ok()) return files.fault();
  return backup;
}

Status VerifyDataBackup(const std::string& backups, uint32_t id) {
  if (Status verified = VerifyBackup(backups, id); !verified.ok()) return verified;
  return VerifyFileBackup(backups, id);
}

Status PurgeDataBackups(const std::string& backups, uint32_t keep) {
  Result<Descriptor> lock = Lock(backups);
  if (!lock.ok()) return lock.fault();
  // No directory of backups is made where there is none.
  if (auto before = IdsIn(backups); !before.ok()) return before.fault();
  if (Status purged = PurgeBackups(backups, keep); !purged.ok()) return purged;
  Result<std::vector<uint32_t>> kept = IdsIn(backups);
  return kept.ok() ? PurgeFileBackups(backups, kept.value()) : Status(kept.fault());
}

Status RestoreData(const std::string& backups, uint32_t id, const std::string& data_directory) {
  return RestoreBackup(backups, id, data_directory,
                       [&] { return RestoreFiles(backups, id, data_directory); });
}

}  // namespace onewindow
