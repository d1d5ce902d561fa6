#pragma once

#include <cstdint>
#include <string>

#include "engine/base/result.h"
#include "engine/kv/backup.h"

// Backups of all that a data directory holds: its database (engine/kv/backup.h) and the files of
// its cases (engine/attachments/file_backup.h). Faults as those of both.
namespace onewindow {

struct BackupSource {
  RocksKv& store;
  std::string data_directory;
  // Taken before the call.
  Head head;
};

// kUnavailable, as PurgeDataBackups, while another process makes or deletes backups there.
Result<Backup> BackUpData(const BackupSource& source, const std::string& backups,
                          const BackupProgress& progress);
// Deletes all but the newest `keep`, with the files of cases that only the others had. Cut short,
// it is to be done again. kNotFound where there is no such directory. Requires: keep > 0.
Status PurgeDataBackups(const std::string& backups, uint32_t keep);
// Reads every file of the backup.
Status VerifyDataBackup(const std::string& backups, uint32_t id);
// Into a directory that is empty or not there. What is interrupted half way cannot be opened.
Status RestoreData(const std::string& backups, uint32_t id, const std::string& data_directory);

}  // namespace onewindow
