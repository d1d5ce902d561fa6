#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <memory>
#include <vector>

#include "engine/kv/rocks_fault.h"
#include "engine/kv/rocks_kv.h"

namespace onewindow {

// Bytes of checksum that guard each key and value on its way through memory.
inline constexpr size_t kProtectionBytesPerKey = 8;

struct RocksSettings {
  rocksdb::DBOptions database;
  // RocksDB's own default family first, which stays empty; then ours, in their order.
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
};

RocksSettings MakeRocksSettings(const RocksKvOptions& options, std::shared_ptr<FailStop> fail_stop);

}  // namespace onewindow
