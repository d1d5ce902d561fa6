#include "engine/kv/backup.h"

#include <gmock/gmock.h>

#include "engine/kv/data_directory.h"
#include "tests/engine/kv/kv_fixture.h"

namespace onewindow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Head HeadAt(uint64_t sequence) {
  Head head{.sequence = Sequence{sequence}};
  head.hash.fill(static_cast<uint8_t>(sequence));
  return head;
}

class BackupTest : public ::testing::Test {
 protected:
  // Puts key=value and backs the store up with a HEAD at `sequence`.
  Backup BackUpWith(std::string_view key, uint64_t sequence) {
    EXPECT_TRUE(PutOne(*store_, kHotFamily, key, "1").ok());
    auto backup = CreateBackup(*store_, backups_, HeadAt(sequence), {});
    EXPECT_TRUE(backup.ok()) << backup.fault().message;
    return backup.value();
  }

  std::vector<std::string> FilesOfBackups() const {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(backups_)) {
      if (entry.is_regular_file()) files.push_back(entry.path().string());
    }
    return files;
  }

  ScratchDirectory scratch_;
  const std::string data_ = scratch_ / "data";
  const std::string backups_ = scratch_ / "backups";
  const std::string restored_ = scratch_ / "restored";
  std::unique_ptr<RocksKv> store_ = OpenSmall(data_);
};

TEST_F(BackupTest, EachBackupIsRestoredById) {
  const uint32_t first = BackUpWith("a", 1).id;
  const uint32_t second = BackUpWith("b", 2).id;
  ASSERT_TRUE(PutOne(*store_, kHotFamily, "c", "1").ok());

  ASSERT_TRUE(RestoreBackup(backups_, first, restored_).ok());
  EXPECT_THAT(ListedAll(*OpenSmall(restored_), kHotFamily), ElementsAre("a=1"));
  EXPECT_EQ(HeadFile::Read(HeadPath(restored_)).value(), HeadAt(1));

  const std::string other = scratch_ / "other";
  ASSERT_TRUE(RestoreBackup(backups_, second, other).ok());
  EXPECT_THAT(ListedAll(*OpenSmall(other), kHotFamily), ElementsAre("a=1", "b=1"));
  EXPECT_EQ(HeadFile::Read(HeadPath(other)).value(), HeadAt(2));
  EXPECT_EQ(ReadFormat(other).value(), kDataFormat);
}

TEST_F(BackupTest, TheNewestListOfTheForgottenGoesWithEachRestore) {
  const uint32_t first = BackUpWith("a", 1).id;
  SetFileBytes(ForgottenPath(backups_), "written after the backup");
  ASSERT_TRUE(RestoreBackup(backups_, first, restored_).ok());
  EXPECT_EQ(FileBytes(ForgottenPath(restored_)), "written after the backup");
  EXPECT_TRUE(VerifyBackup(backups_, first).ok());
  ASSERT_TRUE(PurgeBackups(backups_, 1).ok());
  EXPECT_TRUE(std::filesystem::exists(ForgottenPath(backups_)));
}

TEST_F(BackupTest, TheListTellsWhatEachBackupHolds) {
  BackUpWith("a", 1);
  BackUpWith("b", 2);
  const auto list = ListBackups(backups_);
  ASSERT_TRUE(list.ok());
  ASSERT_THAT(list.value().backups, SizeIs(2));
  EXPECT_THAT(list.value().damaged, IsEmpty());
  EXPECT_EQ(list.value().backups[0].head, HeadAt(1));
  EXPECT_EQ(list.value().backups[1].head, HeadAt(2));
  EXPECT_EQ(list.value().backups[1].format, kDataFormat);
  EXPECT_GT(list.value().backups[1].files, 2u);
  EXPECT_GT(list.value().backups[1].bytes, 0u);
  EXPECT_GT(list.value().backups[1].created_at,
            Instant(std::chrono::sys_days(MakeDate(2024, 1, 1).time_since_epoch())));
}

TEST_F(BackupTest, ProgressGrowsWithTheBytesCopied) {
  Batch batch;
  for (int i = 0; i < 12; ++i) {
    std::string incompressible(1 << 20, '\0');
    uint32_t state = static_cast<uint32_t>(i) + 1;
    for (char& byte : incompressible) {
      state = state * 1664525 + 1013904223;
      byte = static_cast<char>(state >> 24);
    }
    batch.Put(kColdFamily, std::to_string(i), incompressible);
  }
  ASSERT_TRUE(store_->Commit(batch, Durability::kSynced).ok());
  std::vector<uint64_t> told;
  const auto backup =
      CreateBackup(*store_, backups_, HeadAt(1), [&](uint64_t bytes) { told.push_back(bytes); });
  ASSERT_TRUE(backup.ok()) << backup.fault().message;
  EXPECT_GT(backup.value().bytes, 12u << 20);
  EXPECT_THAT(told, SizeIs(::testing::Ge(2u)));
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
}

TEST_F(BackupTest, PurgingKeepsTheNewest) {
  BackUpWith("a", 1);
  BackUpWith("b", 2);
  const uint32_t third = BackUpWith("c", 3).id;
  ASSERT_TRUE(PurgeBackups(backups_, 1).ok());
  const auto list = ListBackups(backups_);
  ASSERT_TRUE(list.ok());
  ASSERT_THAT(list.value().backups, SizeIs(1));
  EXPECT_EQ(list.value().backups[0].id, third);
  ASSERT_TRUE(RestoreBackup(backups_, third, restored_).ok());
  EXPECT_THAT(ListedAll(*OpenSmall(restored_), kHotFamily), ElementsAre("a=1", "b=1", "c=1"));
}

TEST_F(BackupTest, PurgingDeletesOldDamagedOnesToo) {
  const uint32_t first = BackUpWith("a", 1).id;
  const uint32_t second = BackUpWith("b", 2).id;
  const uint32_t third = BackUpWith("c", 3).id;
  SetFileBytes(backups_ + "/meta/" + std::to_string(first), "cut");
  SetFileBytes(backups_ + "/meta/" + std::to_string(third), "cut");
  ASSERT_TRUE(PurgeBackups(backups_, 1).ok());
  const auto list = ListBackups(backups_);
  ASSERT_THAT(list.value().backups, SizeIs(1));
  EXPECT_EQ(list.value().backups[0].id, second);
  EXPECT_THAT(list.value().damaged, ElementsAre(third)) << "it is newer than what is kept";
  EXPECT_TRUE(VerifyBackup(backups_, second).ok());
}

TEST_F(BackupTest, RestoringIntoADirectoryThatHoldsSomethingIsRefused) {
  const uint32_t id = BackUpWith("a", 1).id;
  EXPECT_EQ(RestoreBackup(backups_, id, data_).fault().kind, FaultKind::kExists);
  std::filesystem::create_directory(restored_);
  EXPECT_TRUE(RestoreBackup(backups_, id, restored_).ok());
}

TEST_F(BackupTest, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(ListBackups(backups_).fault().kind, FaultKind::kNotFound);
  BackUpWith("a", 1);
  EXPECT_EQ(VerifyBackup(backups_, 7).fault().kind, FaultKind::kNotFound);
  const Status restored = RestoreBackup(backups_, 7, restored_);
  EXPECT_EQ(restored.fault().kind, FaultKind::kNotFound);
  EXPECT_THAT(restored.fault().message, HasSubstr("backup 7 in " + backups_));
}

// Every file but the description is tampered with in its middle, cut short, and removed.
TEST_F(BackupTest, ATamperedFileIsFoundAndNothingIsRestored) {
  const uint32_t id = BackUpWith("a", 1).id;
  ASSERT_TRUE(VerifyBackup(backups_, id).ok());
  int tampered_files = 0;
  for (const std::string& path : FilesOfBackups()) {
    if (path.find("/meta/") != std::string::npos) continue;
    const std::string whole = FileBytes(path);
    if (whole.empty()) continue;
    ++tampered_files;
    std::string flipped = whole;
    flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 1);
    for (const std::string& bytes : {flipped, whole.substr(0, whole.size() - 1)}) {
      SetFileBytes(path, bytes);
      EXPECT_EQ(VerifyBackup(backups_, id).fault().kind, FaultKind::kCorrupt) << path;
      EXPECT_EQ(RestoreBackup(backups_, id, restored_).fault().kind, FaultKind::kCorrupt) << path;
    }
    std::filesystem::remove(path);
    EXPECT_FALSE(VerifyBackup(backups_, id).ok()) << path;
    EXPECT_FALSE(RestoreBackup(backups_, id, restored_).ok()) << path;
    SetFileBytes(path, whole);
  }
  EXPECT_GE(tampered_files, 3);
  EXPECT_FALSE(std::filesystem::exists(restored_));
  EXPECT_TRUE(VerifyBackup(backups_, id).ok());
}

TEST_F(BackupTest, ADescriptionCutShortIsListedAsDamaged) {
  const uint32_t id = BackUpWith("a", 1).id;
  const std::string meta = backups_ + "/meta/" + std::to_string(id);
  const std::string whole = FileBytes(meta);
  ASSERT_FALSE(whole.empty());
  SetFileBytes(meta, whole.substr(0, whole.size() / 2));
  const auto list = ListBackups(backups_);
  ASSERT_TRUE(list.ok());
  EXPECT_THAT(list.value().backups, IsEmpty());
  EXPECT_THAT(list.value().damaged, ElementsAre(id));
  EXPECT_FALSE(VerifyBackup(backups_, id).ok());
}

TEST_F(BackupTest, ARestoreThatDidNotFinishIsNotOpened) {
  const uint32_t id = BackUpWith("a", 1).id;
  ASSERT_TRUE(RestoreBackup(backups_, id, restored_).ok());
  std::filesystem::remove(FormatPath(restored_));
  EXPECT_EQ(RocksKv::Open(SmallOptions(restored_)).fault().kind, FaultKind::kCorrupt);
}

}  // namespace
}  // namespace onewindow
