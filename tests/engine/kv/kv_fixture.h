#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/kv/rocks_kv.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {

inline constexpr Family kHotFamily{0};
inline constexpr Family kColdFamily{1};

inline RocksKvOptions SmallOptions(const std::string& directory) {
  return {.directory = directory,
          .families = {{.name = "hot"}, {.name = "cold", .temperature = Temperature::kCold}},
          .memory_bytes = 16 << 20,
          .free_bytes_min = 0};
}

// Opens what must open.
inline std::unique_ptr<RocksKv> OpenSmall(const std::string& directory) {
  auto opened = RocksKv::Open(SmallOptions(directory));
  EXPECT_TRUE(opened.ok()) << opened.fault().message;
  return std::move(opened).value();
}

// Commits one entry, synced.
inline Status PutOne(Kv& store, Family family, std::string_view key, std::string_view value) {
  Batch batch;
  batch.Put(family, key, value);
  return store.Commit(batch, Durability::kSynced);
}

// The range as "key=value" in the order of visiting.
inline std::vector<std::string> Listed(const Reader& store, Family family, const KeyRange& range,
                                       const ScanOptions& options = {}) {
  std::vector<std::string> entries;
  const auto end = store.Scan(family, range, options, [&](auto key, auto value) {
    entries.push_back(std::string(key) + "=" + std::string(value));
    return Visit::kContinue;
  });
  EXPECT_TRUE(end.ok()) << end.fault().message;
  return entries;
}

inline std::vector<std::string> ListedAll(const Reader& store, Family family) {
  return Listed(store, family, KeysWithPrefix(""));
}

inline std::string FileBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void SetFileBytes(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace onewindow
