#include "engine/kv/head_file.h"

#include "engine/kv/crc32c.h"
#include "tests/engine/kv/kv_fixture.h"

namespace onewindow {
namespace {

constexpr size_t kSecondSlotAt = 4096;

Head HeadAt(uint64_t sequence) {
  Head head{.sequence = Sequence{sequence}};
  head.hash.fill(static_cast<uint8_t>(sequence));
  return head;
}

class HeadFileTest : public ::testing::Test {
 protected:
  // A file in which the commands 1 to `last` were recorded one by one.
  void WriteUpTo(uint64_t last) {
    auto file = HeadFile::Create(path_, Head{});
    ASSERT_TRUE(file.ok());
    for (uint64_t sequence = 1; sequence <= last; ++sequence) {
      ASSERT_TRUE(file.value().Write(HeadAt(sequence)).ok());
    }
    ASSERT_TRUE(file.value().Sync().ok());
  }

  ScratchDirectory scratch_;
  const std::string path_ = scratch_ / "HEAD";
};

TEST(Crc32cTest, MatchesTheVectorsOfRfc3720) {
  EXPECT_EQ(Crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(Crc32c(std::string(32, '\xff')), 0x62A8AB43u);
}

TEST_F(HeadFileTest, ANewFileHoldsWhatItWasMadeWith) {
  ASSERT_TRUE(HeadFile::Create(path_, HeadAt(7)).ok());
  EXPECT_EQ(HeadFile::Read(path_).value(), HeadAt(7));
}

TEST_F(HeadFileTest, TheLastRecordIsReadAgain) {
  for (const uint64_t last : {1, 2, 3, 10}) {
    WriteUpTo(last);
    EXPECT_EQ(HeadFile::Open(path_).value().head(), HeadAt(last));
  }
}

TEST_F(HeadFileTest, WritingGoesOnAfterReopening) {
  WriteUpTo(2);
  auto reopened = HeadFile::Open(path_);
  ASSERT_TRUE(reopened.ok());
  ASSERT_TRUE(reopened.value().Write(HeadAt(3)).ok());
  EXPECT_EQ(HeadFile::Read(path_).value(), HeadAt(3));
}

// The newest record is torn after each of its bytes: the one before it counts.
TEST_F(HeadFileTest, ATornRecordLeavesTheOneBefore) {
  for (const uint64_t last : {4, 5}) {
    WriteUpTo(last);
    const std::string whole = FileBytes(path_);
    WriteUpTo(last - 2);
    const std::string before = FileBytes(path_);
    const size_t slot =
        whole.substr(0, kHeadRecordBytes) == EncodeHead(HeadAt(last)) ? 0 : kSecondSlotAt;
    int torn_files = 0;
    for (size_t torn_at = 0; torn_at < kHeadRecordBytes; ++torn_at) {
      std::string torn = whole;
      torn.replace(slot + torn_at, kHeadRecordBytes - torn_at, before, slot + torn_at,
                   kHeadRecordBytes - torn_at);
      if (torn == whole) continue;
      ++torn_files;
      SetFileBytes(path_, torn);
      EXPECT_EQ(HeadFile::Read(path_).value(), HeadAt(last - 1)) << torn_at;
    }
    EXPECT_GT(torn_files, 32);
  }
}

TEST_F(HeadFileTest, AnyFlippedBitIsNoticed) {
  const std::string record = EncodeHead(HeadAt(0x0102030405060708));
  EXPECT_EQ(DecodeHead(record).value(), HeadAt(0x0102030405060708));
  for (size_t bit = 0; bit < record.size() * 8; ++bit) {
    std::string flipped = record;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(DecodeHead(flipped).ok()) << bit;
  }
}

TEST_F(HeadFileTest, AFileWithoutAValidRecordIsCorruptAndAMissingOneIsNotFound) {
  EXPECT_EQ(HeadFile::Open(path_).fault().kind, FaultKind::kNotFound);
  for (const size_t size : {size_t{0}, size_t{10}, kSecondSlotAt + kHeadRecordBytes}) {
    SetFileBytes(path_, std::string(size, 'x'));
    EXPECT_EQ(HeadFile::Open(path_).fault().kind, FaultKind::kCorrupt);
  }
}

TEST_F(HeadFileTest, TheFormatOfTheFileIsFixed) {
  WriteUpTo(1);
  const std::string bytes = FileBytes(path_);
  EXPECT_EQ(bytes.size(), 2 * kSecondSlotAt);
  const std::string golden = std::string("OWHEAD1\n\0\0\0\0\0\0\0\1", 16) + std::string(32, '\1') +
                             std::string(12, '\0') + std::string("\x71\x58\x87\x00", 4);
  EXPECT_EQ(bytes.substr(kSecondSlotAt, kHeadRecordBytes), golden);
}

TEST_F(HeadFileTest, TheHeadNeverGoesBack) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");  // RocksDB's threads of other tests run.
  auto file = HeadFile::Create(path_, HeadAt(5));
  ASSERT_TRUE(file.ok());
  EXPECT_DEATH((void)file.value().Write(HeadAt(5)), "CHECK failed");
}

}  // namespace
}  // namespace onewindow
