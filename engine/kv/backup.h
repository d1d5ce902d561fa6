#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/kv/head_file.h"
#include "engine/kv/rocks_kv.h"

// Backups of a data directory, in a directory of their own that holds any number of them and stores
// a file which several of them have in common only once. One process at a time changes it; reading
// it (list, verify, restore) goes on beside the making of a new one.
//
// The HEAD file is not copied but made anew: a backup carries, as RocksDB's application metadata,
//
//   metadata = format head
//   format   = what the FORMAT file of the data says (data_directory.h)
//   head     = 64 bytes, a record of head_file.h
//
// and restoring writes both files from it. A file `forgotten` beside the backups (data_directory.h)
// is of no backup: it goes with each that is restored.
namespace onewindow {

struct Backup {
  uint32_t id = 0;  // 1, 2, 3, ... in the order of making.
  Instant created_at;
  uint64_t bytes = 0;  // Of its files, shared ones included.
  uint32_t files = 0;
  uint32_t format = 0;  // Of the data in it.
  Head head;            // How far its log reaches at least.
};

struct BackupList {
  std::vector<Backup> backups;    // Oldest first.
  std::vector<uint32_t> damaged;  // Ids whose description cannot be read.
};

// Told the bytes copied so far, about every 4 MiB. Must not throw.
using BackupProgress = std::function<void(uint64_t bytes)>;

// Backs the running store up as it is at some moment of the call; commits go on. `head` must have
// been taken before the call: then the backup's log reaches it. Makes the directory if need be;
// `progress` may be empty.
Result<Backup> CreateBackup(RocksKv& store, const std::string& directory, const Head& head,
                            const BackupProgress& progress);

// kNotFound where there is no such directory.
Result<BackupList> ListBackups(const std::string& directory);

// Reads every file of the backup. kNotFound where there is no such id, kCorrupt where a file
// differs from what was written, kUnsupported where its data is of a newer format.
Status VerifyBackup(const std::string& directory, uint32_t id);

// What else a restored directory gets before it can be opened.
using RestoreRest = std::function<Status()>;

// Makes a data directory from a backup, after verifying it; `rest` may be empty. kExists unless
// `target` is missing or empty; further faults as VerifyBackup's and those of `rest`. What was
// interrupted half way is refused by RocksKv::Open.
Status RestoreBackup(const std::string& directory, uint32_t id, const std::string& target,
                     const RestoreRest& rest = {});

// Deletes all but the newest `keep`, and what is damaged and older than these. Requires: keep > 0.
Status PurgeBackups(const std::string& directory, uint32_t keep);

}  // namespace onewindow
