#include "engine/attachments/file_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/attachments/file_paths.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

constexpr CaseId kCase{7};
constexpr size_t kSealedPieceBytes = kPieceBytes + kPieceTagBytes;

std::string ReadRaw(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void WriteRaw(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// Content in which no two pieces are alike.
std::string Content(size_t size) {
  std::string content;
  content.reserve(size + 20);
  for (size_t i = 0; content.size() < size; ++i) content += std::to_string(i) + " 张三,";
  content.resize(size);
  return content;
}

// Everything that is below a directory, as paths and bytes.
std::string AllBelow(const std::string& directory) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    all += entry.path().string();
    if (entry.is_regular_file()) all += ReadRaw(entry.path());
  }
  return all;
}

class FileStoreTest : public testing::Test {
 protected:
  FileStoreTest() : store_(FileStore::Open(data_, 0).value()) {
    for (size_t i = 0; i < key_.size(); ++i) key_[i] = static_cast<uint8_t>(i);
  }

  FileHeader NextHeader(CaseId case_id = kCase) {
    FileHeader header{.case_id = case_id};
    header.salt[0] = ++salts_;
    return header;
  }

  // Added in portions that fit no piece.
  StoredFile Store(const std::string& content, CaseId case_id = kCase) {
    FileWriter writer = store_.Begin(key_, NextHeader(case_id)).value();
    for (size_t at = 0; at < content.size(); at += 50'000) {
      EXPECT_TRUE(writer.Add(content.substr(at, 50'000)).ok());
    }
    return writer.Finish().value();
  }

  Result<std::string> Load(const std::string& address, CaseId case_id = kCase) {
    Result<FileReader> reader = store_.Read(address, key_, case_id);
    if (!reader.ok()) return reader.fault();
    std::string content;
    while (true) {
      Result<std::optional<std::string>> piece = reader.value().Next();
      if (!piece.ok()) return piece.fault();
      if (!piece.value()) return content;
      EXPECT_LE(piece.value()->size(), kPieceBytes);
      content += *piece.value();
    }
  }

  std::string PathOf(const StoredFile& file) { return FilePath(store_.root(), file.address); }

  // Puts other bytes in the file's place and expects that this comes out.
  void ExpectDamageIsFound(const StoredFile& file, const std::string& bytes) {
    WriteRaw(PathOf(file), bytes);
    const auto loaded = Load(file.address);
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.fault().kind, FaultKind::kCorrupt);
    EXPECT_EQ(CheckStoredFile(PathOf(file), file.address).fault().kind, FaultKind::kCorrupt);
  }

  const ScratchDirectory directory_;
  const std::string data_ = directory_ / "data";
  FileStore store_;
  std::array<uint8_t, kFileKeyBytes> key_{};
  uint8_t salts_ = 0;
};

TEST_F(FileStoreTest, WhatWasStoredIsRead) {
  for (const size_t size : {size_t{1}, kPieceBytes - 1, kPieceBytes, kPieceBytes + 1,
                            2 * kPieceBytes, size_t{5} << 20}) {
    const std::string content = Content(size);
    const StoredFile file = Store(content);
    EXPECT_EQ(file.bytes, size);
    const auto loaded = Load(file.address);
    ASSERT_TRUE(loaded.ok()) << size << ' ' << loaded.fault().message;
    EXPECT_TRUE(loaded.value() == content) << size;
    const size_t pieces = (size + kPieceBytes - 1) / kPieceBytes;
    EXPECT_EQ(fs::file_size(PathOf(file)), kFileHeaderBytes + size + pieces * kPieceTagBytes);
  }
}

TEST_F(FileStoreTest, TheContentsDigestIsTheContents) {
  // FIPS 180-2, B.1.
  EXPECT_EQ(Store("abc").content_sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(FileStoreTest, AnEmptyFileIsNotKept) {
  FileWriter writer = store_.Begin(key_, NextHeader()).value();
  EXPECT_EQ(writer.Finish().fault().kind, FaultKind::kInvalid);
}

TEST_F(FileStoreTest, NothingIsOnDiskInTheClear) {
  std::string content(100'000, ' ');
  content.append("张三 510121194903071232");
  Store(content);
  const std::string all = AllBelow(data_);
  EXPECT_EQ(all.find("张三"), std::string::npos);
  EXPECT_EQ(all.find("510121194903071232"), std::string::npos);
}

TEST_F(FileStoreTest, EqualContentIsSealedAnewEachTime) {
  EXPECT_NE(Store("same").address, Store("same").address);
}

TEST_F(FileStoreTest, AFlippedBitIsFound) {
  const StoredFile file = Store(Content(3 * kPieceBytes));
  const std::string bytes = ReadRaw(PathOf(file));
  for (const size_t at : {size_t{0}, size_t{5}, size_t{15}, kFileHeaderBytes,
                          kFileHeaderBytes + kSealedPieceBytes + 9, bytes.size() - 1}) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    ExpectDamageIsFound(file, flipped);
  }
}

TEST_F(FileStoreTest, ACutFileIsFound) {
  const StoredFile file = Store(Content(2 * kPieceBytes + 10));
  const std::string bytes = ReadRaw(PathOf(file));
  for (const size_t size : {bytes.size() - 1, kFileHeaderBytes + 2 * kSealedPieceBytes,
                            kFileHeaderBytes + kSealedPieceBytes, kFileHeaderBytes + 3,
                            kFileHeaderBytes, size_t{4}, size_t{0}}) {
    ExpectDamageIsFound(file, bytes.substr(0, size));
  }
}

TEST_F(FileStoreTest, ALongerFileIsFound) {
  const StoredFile file = Store(Content(10));
  const std::string bytes = ReadRaw(PathOf(file));
  ExpectDamageIsFound(file, bytes + "x");
  ExpectDamageIsFound(file, bytes + bytes.substr(kFileHeaderBytes));
}

TEST_F(FileStoreTest, SwappedPiecesAreFound) {
  const StoredFile file = Store(Content(3 * kPieceBytes));
  const std::string bytes = ReadRaw(PathOf(file));
  const auto piece = [&](size_t i) {
    return bytes.substr(kFileHeaderBytes + i * kSealedPieceBytes, kSealedPieceBytes);
  };
  const std::string header = bytes.substr(0, kFileHeaderBytes);
  ExpectDamageIsFound(file, header + piece(1) + piece(0) + piece(2));
  ExpectDamageIsFound(file, header + piece(0) + piece(2));
  ExpectDamageIsFound(file, header + piece(0) + piece(0) + piece(1) + piece(2));
}

TEST_F(FileStoreTest, AFileOfAnotherCaseIsFound) {
  const StoredFile file = Store("mine");
  const StoredFile other = Store("theirs", CaseId{8});
  ExpectDamageIsFound(file, ReadRaw(PathOf(other)));
  EXPECT_EQ(Load(other.address, kCase).fault().kind, FaultKind::kCorrupt);
}

// Both files open under the key, but only one is the one that its address names.
TEST_F(FileStoreTest, AnotherFileOfTheSameCaseIsFound) {
  const StoredFile file = Store(Content(100));
  const StoredFile other = Store(Content(200));
  ExpectDamageIsFound(file, ReadRaw(PathOf(other)));
}

TEST_F(FileStoreTest, AnotherKeyOpensNothing) {
  const StoredFile file = Store("secret");
  key_[3] ^= 1;
  EXPECT_EQ(Load(file.address).fault().kind, FaultKind::kCorrupt);
}

TEST_F(FileStoreTest, AMissingFileIsDamage) {
  const StoredFile file = Store("soon gone");
  ASSERT_TRUE(store_.Remove(file.address).ok());
  EXPECT_EQ(Load(file.address).fault().kind, FaultKind::kCorrupt);
  EXPECT_THAT(Load(file.address).fault().message, testing::HasSubstr("is missing"));
  EXPECT_TRUE(store_.Remove(file.address).ok());
  EXPECT_TRUE(store_.Unsettled().value().empty());
}

TEST_F(FileStoreTest, AWriterThatIsDroppedLeavesNothing) {
  {
    FileWriter writer = store_.Begin(key_, NextHeader()).value();
    ASSERT_TRUE(writer.Add(Content(3 * kPieceBytes)).ok());
    EXPECT_FALSE(fs::is_empty(IncomingPath(store_.root())));
  }
  EXPECT_TRUE(fs::is_empty(IncomingPath(store_.root())));
}

TEST_F(FileStoreTest, WhatWasHalfWrittenIsRemovedAtTheNextStart) {
  FileWriter writer = store_.Begin(key_, NextHeader()).value();
  ASSERT_TRUE(writer.Add(Content(3 * kPieceBytes)).ok());
  ASSERT_TRUE(FileStore::Open(data_, 0).ok());
  EXPECT_TRUE(fs::is_empty(IncomingPath(store_.root())));
}

TEST_F(FileStoreTest, AFileIsUnsettledUntilItIsSettled) {
  const StoredFile file = Store("whose?");
  const FileStore again = FileStore::Open(data_, 0).value();
  const auto unsettled = again.Unsettled();
  ASSERT_TRUE(unsettled.ok());
  ASSERT_EQ(unsettled.value().size(), 1u);
  EXPECT_EQ(unsettled.value()[0].address, file.address);
  EXPECT_EQ(unsettled.value()[0].case_id.value(), kCase);
  ASSERT_TRUE(again.Settle(file.address).ok());
  EXPECT_TRUE(again.Unsettled().value().empty());
  EXPECT_EQ(Load(file.address).value(), "whose?");
}

TEST_F(FileStoreTest, AnUnsettledFileThatIsDamagedHidesNoOther) {
  const StoredFile damaged = Store("damaged");
  const StoredFile whole = Store("whole");
  std::fstream(PathOf(damaged)) << "no header";
  const auto unsettled = store_.Unsettled();
  ASSERT_TRUE(unsettled.ok());
  ASSERT_EQ(unsettled.value().size(), 2u);
  for (const UnsettledFile& file : unsettled.value()) {
    EXPECT_EQ(file.case_id.ok(), file.address == whole.address);
  }
}

TEST_F(FileStoreTest, ANearlyFullDiskTakesNoFile) {
  const uint64_t more_than_there_is = uint64_t{1} << 62;
  const FileStore full = FileStore::Open(data_, more_than_there_is).value();
  EXPECT_EQ(full.Begin(key_, NextHeader()).fault().kind, FaultKind::kNoSpace);
  EXPECT_TRUE(fs::is_empty(IncomingPath(store_.root())));
}

// What is kept of a file on its way is one piece, however much was added.
TEST_F(FileStoreTest, PiecesAreOnDiskBeforeTheFileIsWhole) {
  FileWriter writer = store_.Begin(key_, NextHeader()).value();
  const std::string content = Content(8 * kPieceBytes);
  ASSERT_TRUE(writer.Add(content).ok());
  const auto draft = *fs::directory_iterator(IncomingPath(store_.root()));
  EXPECT_EQ(fs::file_size(draft.path()), kFileHeaderBytes + 7 * kSealedPieceBytes);
}

}  // namespace
}  // namespace onewindow
