#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"

// The files of a data directory in a directory of backups (engine/kv/backup.h), below
// BACKUPS/attachments: each file once, however many backups it belongs to, and for each backup a
// list of its own. Where both are on one file system a file is not copied but gets a second name:
// nobody ever changes it.
//
// Format of ID.list:
//   list = "begun" %x0A           while the backup is being made; who finds it later: interrupted
//        / *( address %x0A ) "end" %x0A
// A backup without a list is damaged.
namespace onewindow {

// Before the backup `id` is made.
Status BeginFileBackup(const std::string& backups, uint32_t id);
// After its database is in it: so no file that the database names is missing. Only files that no
// backup has yet are copied or linked.
Status BackUpFiles(const std::string& data_directory, const std::string& backups, uint32_t id);

// Reads every file of the backup. kCorrupt where one is missing or is not what was written, and
// where the backup was interrupted.
Status VerifyFileBackup(const std::string& backups, uint32_t id);
// Into a data directory without files. Each gets its mark (file_paths.h): a file that came in while
// the backup was made is in it, though the database may not name it. kCorrupt as above, as far as
// files are missing.
Status RestoreFiles(const std::string& backups, uint32_t id, const std::string& data_directory);

// Removes what no backup but those of `kept` has. kCorrupt, and nothing is removed, where a list of
// theirs cannot be read.
Status PurgeFileBackups(const std::string& backups, const std::vector<uint32_t>& kept);

}  // namespace onewindow
