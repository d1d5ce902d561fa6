#pragma once

#include <rocksdb/env.h>

#include <cstddef>
#include <memory>
#include <string>

#include "engine/base/result.h"

namespace onewindow {

// RocksDB's log of what it does: LOG in the directory of the database, which becomes LOG.old at
// `bytes_max` and at each opening. Lines that the disk does not take are lost, and nothing else:
// the packaged RocksDB's own logger asserts, and so ends the process, on the line after such a one.
Result<std::shared_ptr<rocksdb::Logger>> OpenRocksTrace(const std::string& database_path,
                                                        size_t bytes_max);

}  // namespace onewindow
