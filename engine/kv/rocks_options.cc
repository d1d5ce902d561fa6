#include "engine/kv/rocks_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include <utility>

namespace onewindow {
namespace {

// Memtables may take this share of the memory budget; block cache, indexes and filters the rest.
constexpr size_t kWriteBufferShare = 4;
constexpr int kOpenFilesMax = 512;
// Bounds what has to be read again at start: some seconds on a slow disk.
constexpr uint64_t kWalBytesMax = 64 << 20;
constexpr size_t kColdBlockBytes = 16 << 10;
constexpr double kBloomBitsPerKey = 10;

rocksdb::DBOptions MakeDatabaseOptions(const RocksKvOptions& options) {
  rocksdb::DBOptions database;
  database.create_if_missing = options.access == Access::kReadWrite;
  database.create_missing_column_families = database.create_if_missing;
  database.max_open_files = kOpenFilesMax;

  // The default mode ends replay in silence at the first damaged record, the strictest one refuses
  // the torn record that every power cut leaves.
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  database.max_total_wal_size = kWalBytesMax;
  // Resuming after an error would hide that acknowledged and stored may differ.
  database.max_bgerror_resume_count = 0;
  database.paranoid_checks = true;
  database.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();

  database.stats_dump_period_sec = 0;
  database.stats_persist_period_sec = 0;
  return database;
}

rocksdb::ColumnFamilyOptions MakeFamilyOptions(Temperature temperature, size_t write_buffer_bytes,
                                               const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));

  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = write_buffer_bytes;
  family.level_compaction_dynamic_level_bytes = true;
  family.paranoid_file_checks = true;
  family.memtable_protection_bytes_per_key = kProtectionBytesPerKey;
  switch (temperature) {
    case Temperature::kHot:
      family.compression = rocksdb::kLZ4Compression;
      break;
    case Temperature::kCold:
      family.compression = rocksdb::kZSTD;
      family.bottommost_compression = rocksdb::kZSTD;
      table.block_size = kColdBlockBytes;
      break;
  }
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return family;
}

}  // namespace

RocksSettings MakeRocksSettings(const RocksKvOptions& options,
                                std::shared_ptr<FailStop> fail_stop) {
  const size_t write_buffer_bytes = options.memory_bytes / kWriteBufferShare;
  const auto cache = rocksdb::NewLRUCache(options.memory_bytes);

  RocksSettings settings;
  settings.database = MakeDatabaseOptions(options);
  settings.database.write_buffer_manager =
      std::make_shared<rocksdb::WriteBufferManager>(write_buffer_bytes, cache);
  settings.database.listeners.push_back(std::move(fail_stop));

  settings.families.emplace_back(rocksdb::kDefaultColumnFamilyName,
                                 MakeFamilyOptions(Temperature::kHot, write_buffer_bytes, cache));
  for (const FamilySpec& spec : options.families) {
    settings.families.emplace_back(spec.name,
                                   MakeFamilyOptions(spec.temperature, write_buffer_bytes, cache));
  }
  return settings;
}

}  // namespace onewindow
