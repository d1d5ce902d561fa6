#include <algorithm>

#include "engine/kv/data_directory.h"
#include "engine/kv/head_file.h"
#include "tests/engine/kv/kv_fixture.h"

// What RocksKv makes of a write-ahead log that is not what was written.
namespace onewindow {
namespace {

constexpr size_t kValueBytes = 100;

std::string KeyOf(size_t number) {
  std::string digits = std::to_string(number);
  return std::string(6 - digits.size(), '0') + digits;
}

std::vector<std::string> FirstEntries(size_t count) {
  std::vector<std::string> entries;
  for (size_t i = 1; i <= count; ++i) {
    entries.push_back(KeyOf(i) + "=" + std::string(kValueBytes, static_cast<char>('a' + i % 26)));
  }
  return entries;
}

class RocksKvDamageTest : public ::testing::Test {
 protected:
  // A data directory whose log holds `count` commits of equal size, with the HEAD at the last.
  void Commit(size_t count) {
    const auto store = OpenSmall(data_);
    auto head = HeadFile::Create(HeadPath(data_), Head{});
    ASSERT_TRUE(head.ok());
    for (size_t i = 1; i <= count; ++i) {
      const std::string value(kValueBytes, static_cast<char>('a' + i % 26));
      ASSERT_TRUE(PutOne(*store, kHotFamily, KeyOf(i), value).ok());
      ASSERT_TRUE(head.value().Write({.sequence = Sequence{i}}).ok());
    }
  }

  // The log file with the commits, in `directory`.
  static std::string LogFile(const std::string& directory) {
    std::string largest;
    for (const auto& entry : std::filesystem::directory_iterator(DatabasePath(directory))) {
      if (entry.path().extension() != ".log") continue;
      if (largest.empty() || entry.file_size() > std::filesystem::file_size(largest)) {
        largest = entry.path().string();
      }
    }
    return largest;
  }

  // Opens a copy of the data whose log holds `bytes` instead.
  Result<std::unique_ptr<RocksKv>> OpenWithLog(std::string_view bytes) {
    const std::string copy = scratch_ / "copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(data_, copy, std::filesystem::copy_options::recursive);
    SetFileBytes(LogFile(copy), bytes);
    return RocksKv::Open(SmallOptions(copy));
  }

  ScratchDirectory scratch_;
  const std::string data_ = scratch_ / "data";
};

TEST_F(RocksKvDamageTest, ALogTornAnywhereInItsTailOpensWithEveryWholeCommit) {
  constexpr size_t kCommits = 20;
  constexpr size_t kTornBytesMax = 256;
  Commit(kCommits);
  const std::string log = FileBytes(LogFile(data_));
  ASSERT_EQ(log.size() % kCommits, 0u);
  const size_t commit_bytes = log.size() / kCommits;

  for (size_t torn = 1; torn <= kTornBytesMax; ++torn) {
    const auto store = OpenWithLog(std::string_view(log).substr(0, log.size() - torn));
    ASSERT_TRUE(store.ok()) << torn << ": " << store.fault().message;
    EXPECT_EQ(ListedAll(*store.value(), kHotFamily),
              FirstEntries((log.size() - torn) / commit_bytes))
        << torn;
  }
}

// RocksDB alone may open with less than was acknowledged. What is there has no gap, and the HEAD
// tells whether it is all.
TEST_F(RocksKvDamageTest, AFlippedBitIsRefusedOrLeavesALogShorterThanTheHead) {
  constexpr size_t kCommits = 600;
  constexpr size_t kStride = 811;
  Commit(kCommits);
  const std::string log = FileBytes(LogFile(data_));
  const uint64_t head = HeadFile::Read(HeadPath(data_)).value().sequence.value;
  ASSERT_EQ(head, kCommits);

  size_t refused = 0;
  size_t tried = 0;
  for (size_t at = 0; at < log.size(); at += kStride, ++tried) {
    std::string flipped = log;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    const auto store = OpenWithLog(flipped);
    if (!store.ok()) {
      EXPECT_EQ(store.fault().kind, FaultKind::kCorrupt) << store.fault().message;
      ++refused;
      continue;
    }
    const auto entries = ListedAll(*store.value(), kHotFamily);
    EXPECT_EQ(entries, FirstEntries(entries.size())) << at;
    EXPECT_LT(entries.size(), head) << at;
  }
  EXPECT_GT(refused, tried / 2);
}

TEST_F(RocksKvDamageTest, ADamagedTableFileIsFoundByVerifying) {
  Commit(50);
  { OpenSmall(data_); }  // Opening moves the log into table files.
  std::string table;
  for (const auto& entry : std::filesystem::directory_iterator(DatabasePath(data_))) {
    if (entry.path().extension() == ".sst") table = entry.path().string();
  }
  ASSERT_FALSE(table.empty());
  EXPECT_TRUE(OpenSmall(data_)->VerifyFiles().ok());
  std::string bytes = FileBytes(table);
  bytes[10] = static_cast<char>(bytes[10] ^ 1);
  SetFileBytes(table, bytes);
  const auto store = OpenSmall(data_);
  EXPECT_EQ(store->VerifyFiles().fault().kind, FaultKind::kCorrupt);
  EXPECT_EQ(store->Get(kHotFamily, KeyOf(1)).fault().kind, FaultKind::kCorrupt);
}

}  // namespace
}  // namespace onewindow
