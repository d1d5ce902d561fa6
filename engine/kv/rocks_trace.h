#pragma once

#include <rocksdb/env.h>
#include <rocksdb/options.h>

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/kv/free_space_guard.h"

namespace onewindow {

// RocksDB's log of what it does, in the directory of the database, as `options` want it rolled. It
// leaves lines out while the guard refuses writes: the packaged RocksDB asserts, and so ends the
// process, on the line after one that did not fit on the disk.
Result<std::shared_ptr<rocksdb::Logger>> OpenRocksTrace(const std::string& database_path,
                                                        const rocksdb::DBOptions& options,
                                                        const FreeSpaceGuard& guard);

}  // namespace onewindow
