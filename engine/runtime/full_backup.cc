#include "engine/runtime/full_backup.h"

#include <algorithm>

#include "engine/attachments/file_backup.h"

namespace onewindow {
namespace {

// Ids ascend; damaged backups have theirs too.
Result<uint32_t> NextId(const std::string& backups) {
  Result<BackupList> list = ListBackups(backups);
  if (!list.ok() && list.fault().kind == FaultKind::kNotFound) return uint32_t{1};
  if (!list.ok()) return list.fault();
  uint32_t last = 0;
  for (const Backup& backup : list.value().backups) last = std::max(last, backup.id);
  for (const uint32_t id : list.value().damaged) last = std::max(last, id);
  return last + 1;
}

}  // namespace

// The files come after the database, so that none is missing that the database names; the list that
// was begun before it says so, should the making end in between.
Result<Backup> BackUpData(const BackupSource& source, const std::string& backups,
                          const BackupProgress& progress) {
  if (Status writable = source.store.CheckWritable(); !writable.ok()) return writable.fault();
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

Status RestoreData(const std::string& backups, uint32_t id, const std::string& data_directory) {
  return RestoreBackup(backups, id, data_directory,
                       [&] { return RestoreFiles(backups, id, data_directory); });
}

}  // namespace onewindow
