#include "engine/attachments/file_backup.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "engine/attachments/file_paths.h"
#include "engine/attachments/file_store.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

class FileBackupTest : public testing::Test {
 protected:
  FileBackupTest() : store_(FileStore::Open(data_, 0).value()) {}

  std::string Store(const std::string& content) {
    FileHeader header{.case_id = CaseId{7}};
    header.salt[0] = ++salts_;
    FileWriter writer = store_.Begin(kKey, header).value();
    EXPECT_TRUE(writer.Add(content).ok());
    const std::string address = writer.Finish().value().address;
    EXPECT_TRUE(store_.Settle(address).ok());
    return address;
  }

  void BackUp(uint32_t id) {
    ASSERT_TRUE(BeginFileBackup(backups_, id).ok());
    ASSERT_TRUE(BackUpFiles(data_, backups_, id).ok());
  }

  std::string ReadRestored(const std::string& address) {
    const FileStore restored = FileStore::Open(restored_, 0).value();
    Result<FileReader> reader = restored.Read(address, kKey, CaseId{7});
    if (!reader.ok()) return reader.fault().message;
    return reader.value().Next().value().value_or("");
  }

  static constexpr std::array<uint8_t, kFileKeyBytes> kKey{};
  const ScratchDirectory directory_;
  const std::string data_ = directory_ / "data";
  const std::string backups_ = directory_ / "backups";
  const std::string restored_ = directory_ / "restored";
  FileStore store_;
  uint8_t salts_ = 0;
};

TEST_F(FileBackupTest, ARestoredDirectoryHasTheFilesOfItsBackup) {
  const std::string first = Store("first");
  BackUp(1);
  const std::string second = Store("second");
  BackUp(2);
  ASSERT_TRUE(VerifyFileBackup(backups_, 1).ok());
  ASSERT_TRUE(VerifyFileBackup(backups_, 2).ok());
  ASSERT_TRUE(RestoreFiles(backups_, 1, restored_).ok());
  EXPECT_EQ(ReadRestored(first), "first");
  EXPECT_FALSE(fs::exists(FilePath(AttachmentsPath(restored_), second)));
}

TEST_F(FileBackupTest, AFileIsInTheBackupsOnceAndStaysWhenItIsRemoved) {
  const std::string address = Store("kept");
  BackUp(1);
  const auto written = fs::last_write_time(FilePath(AttachmentsPath(backups_), address));
  BackUp(2);
  EXPECT_EQ(fs::last_write_time(FilePath(AttachmentsPath(backups_), address)), written);
  ASSERT_TRUE(store_.Remove(address).ok());
  EXPECT_TRUE(VerifyFileBackup(backups_, 1).ok());
}

TEST_F(FileBackupTest, RestoredFilesAreNotSettled) {
  const std::string address = Store("whose?");
  BackUp(1);
  ASSERT_TRUE(RestoreFiles(backups_, 1, restored_).ok());
  const auto unsettled = FileStore::Open(restored_, 0).value().Unsettled();
  ASSERT_EQ(unsettled.value().size(), 1u);
  EXPECT_EQ(unsettled.value()[0].address, address);
}

TEST_F(FileBackupTest, ABackupWithoutItsListIsDamaged) {
  Store("content");
  BackUp(1);
  fs::remove(AttachmentsPath(backups_) + "/1.list");
  EXPECT_EQ(VerifyFileBackup(backups_, 1).fault().kind, FaultKind::kCorrupt);
  EXPECT_EQ(RestoreFiles(backups_, 1, restored_).fault().kind, FaultKind::kCorrupt);
}

TEST_F(FileBackupTest, WhatNoBackupHasAnyMoreIsPurged) {
  const std::string old = Store("old");
  BackUp(1);
  ASSERT_TRUE(store_.Remove(old).ok());
  const std::string kept = Store("kept");
  BackUp(2);
  ASSERT_TRUE(PurgeFileBackups(backups_, {2}).ok());
  EXPECT_FALSE(fs::exists(AttachmentsPath(backups_) + "/1.list"));
  EXPECT_FALSE(fs::exists(FilePath(AttachmentsPath(backups_), old)));
  EXPECT_TRUE(VerifyFileBackup(backups_, 2).ok());
  ASSERT_TRUE(RestoreFiles(backups_, 2, restored_).ok());
  EXPECT_EQ(ReadRestored(kept), "kept");
}

TEST_F(FileBackupTest, AnInterruptedBackupKeepsNoFile) {
  const std::string address = Store("content");
  BackUp(1);
  ASSERT_TRUE(BeginFileBackup(backups_, 2).ok());
  ASSERT_TRUE(PurgeFileBackups(backups_, {2}).ok());
  EXPECT_FALSE(fs::exists(FilePath(AttachmentsPath(backups_), address)));
}

TEST_F(FileBackupTest, NoFileIsPurgedWhileAListCannotBeRead) {
  const std::string address = Store("content");
  BackUp(1);
  std::ofstream(AttachmentsPath(backups_) + "/1.list", std::ios::trunc) << "cut";
  EXPECT_EQ(PurgeFileBackups(backups_, {1}).fault().kind, FaultKind::kCorrupt);
  EXPECT_TRUE(fs::exists(FilePath(AttachmentsPath(backups_), address)));
}

TEST_F(FileBackupTest, AnInterruptedBackupIsDamaged) {
  Store("never copied");
  ASSERT_TRUE(BeginFileBackup(backups_, 1).ok());
  EXPECT_EQ(VerifyFileBackup(backups_, 1).fault().kind, FaultKind::kCorrupt);
  EXPECT_EQ(RestoreFiles(backups_, 1, restored_).fault().kind, FaultKind::kCorrupt);
}

TEST_F(FileBackupTest, AChangedAMissingFileAndACutListAreDamage) {
  const std::string address = Store("content");
  BackUp(1);
  const std::string path = FilePath(AttachmentsPath(backups_), address);
  std::ofstream(path, std::ios::app) << "x";
  EXPECT_EQ(VerifyFileBackup(backups_, 1).fault().kind, FaultKind::kCorrupt);
  fs::remove(path);
  EXPECT_EQ(VerifyFileBackup(backups_, 1).fault().kind, FaultKind::kCorrupt);
  EXPECT_EQ(RestoreFiles(backups_, 1, restored_).fault().kind, FaultKind::kCorrupt);
  std::ofstream(AttachmentsPath(backups_) + "/1.list", std::ios::trunc) << address << '\n';
  EXPECT_EQ(VerifyFileBackup(backups_, 1).fault().kind, FaultKind::kCorrupt);
}

}  // namespace
}  // namespace onewindow
