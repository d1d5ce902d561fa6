#include <gmock/gmock.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>

#include "engine/kv/backup.h"
#include "engine/kv/data_directory.h"
#include "engine/kv/free_space_guard.h"
#include "engine/kv/rocks_trace.h"
#include "tests/engine/kv/kv_fixture.h"

// What RocksKv does while the disk does not take its writes.
namespace onewindow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// While it lives, no file of this process grows beyond a size: writes fail with EFBIG.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    before_signal_ = ::signal(SIGXFSZ, SIG_IGN);
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, before_signal_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*before_signal_)(int) = nullptr;
};

// A file system of its own, in memory; not there where this process may not mount.
class SmallDisk {
 public:
  SmallDisk(const std::string& directory, const std::string& size) : directory_(directory) {
    mounted_ = ::mount("tmpfs", directory.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(directory_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }

 private:
  std::string directory_;
  bool mounted_;
};

class RocksKvFailureTest : public ::testing::Test {
 protected:
  static void ExpectStopped(RocksKv& store) {
    for (const Status& refused : {PutOne(store, kHotFamily, "later", "1"),
                                  PutOne(store, kColdFamily, "later", "1"), store.Sync()}) {
      ASSERT_FALSE(refused.ok());
      EXPECT_EQ(refused.fault().kind, FaultKind::kIo);
      EXPECT_THAT(refused.fault().message, HasSubstr("until the process is restarted"));
    }
  }

  ScratchDirectory scratch_;
  const std::string data_ = scratch_ / "data";
};

TEST_F(RocksKvFailureTest, AfterAFailedWriteNothingIsWrittenUntilReopeningAndReadsGoOn) {
  auto store = OpenSmall(data_);
  const std::string value(64 << 10, 'x');
  std::vector<std::string> acknowledged;
  {
    const FileSizeLimit limit(300 << 10);
    while (acknowledged.size() < 100) {
      const std::string key = std::to_string(10 + acknowledged.size());
      if (!PutOne(*store, kHotFamily, key, value).ok()) break;
      acknowledged.push_back(key + "=" + value);
    }
  }
  ASSERT_EQ(acknowledged.size(), 4u);
  ExpectStopped(*store);
  EXPECT_EQ(ListedAll(*store, kHotFamily), acknowledged);

  store.reset();
  store = OpenSmall(data_);
  const auto found = ListedAll(*store, kHotFamily);
  ASSERT_GE(found.size(), acknowledged.size());
  EXPECT_TRUE(std::equal(acknowledged.begin(), acknowledged.end(), found.begin()));
  EXPECT_TRUE(PutOne(*store, kHotFamily, "later", "1").ok());
}

TEST_F(RocksKvFailureTest, AFailureBehindTheCommitsStopsThemToo) {
  auto store = OpenSmall(data_);
  ASSERT_TRUE(PutOne(*store, kColdFamily, "a", "1").ok());
  std::string value(1 << 20, '\0');
  for (size_t i = 0; i < value.size(); ++i) value[i] = static_cast<char>(i * i >> 7 ^ i >> 11);
  ASSERT_TRUE(PutOne(*store, kHotFamily, "b", value).ok());
  {
    // A backup writes memory to table files first, which is what fails here.
    const FileSizeLimit limit(300 << 10);
    EXPECT_FALSE(CreateBackup(*store, scratch_ / "backups", Head{}, {}).ok());
  }
  ExpectStopped(*store);
  EXPECT_THAT(ListedAll(*store, kColdFamily), ElementsAre("a=1"));
  store.reset();
  EXPECT_THAT(ListedAll(*OpenSmall(data_), kHotFamily), ElementsAre("b=" + value));
}

TEST_F(RocksKvFailureTest, BelowTheWatermarkWritesAreRefusedByNameAndReadsGoOn) {
  ASSERT_TRUE(PutOne(*OpenSmall(data_), kHotFamily, "a", "1").ok());
  RocksKvOptions options = SmallOptions(data_);
  options.free_bytes_min = UINT64_MAX;
  const auto store = RocksKv::Open(options);
  ASSERT_TRUE(store.ok()) << store.fault().message;
  const Status refused = PutOne(*store.value(), kHotFamily, "b", "2");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.fault().kind, FaultKind::kNoSpace);
  EXPECT_THAT(ListedAll(*store.value(), kHotFamily), ElementsAre("a=1"));
}

TEST_F(RocksKvFailureTest, AFullDiskRefusesWritesAndTakesThemAgainOnceThereIsSpace) {
  std::filesystem::create_directory(data_);
  const SmallDisk disk(data_, "64m");
  if (!disk.mounted()) GTEST_SKIP() << "cannot mount a small disk: " << std::strerror(errno);
  RocksKvOptions options = SmallOptions(data_);
  options.free_bytes_min = 32 << 20;
  const auto opened = RocksKv::Open(options);
  ASSERT_TRUE(opened.ok()) << opened.fault().message;
  RocksKv& store = *opened.value();
  ASSERT_TRUE(PutOne(store, kHotFamily, "a", "1").ok());

  const std::string filler = data_ + "/filler";
  SetFileBytes(filler, std::string(64 << 20, 'x'));
  const Status refused = PutOne(store, kHotFamily, "b", "2");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.fault().kind, FaultKind::kNoSpace);
  EXPECT_THAT(refused.fault().message, HasSubstr("0 MiB free, and writes need 32 MiB"));
  EXPECT_EQ(CreateBackup(store, scratch_ / "backups", Head{}, {}).fault().kind,
            FaultKind::kNoSpace);
  EXPECT_THAT(ListedAll(store, kHotFamily), ElementsAre("a=1"));

  std::filesystem::remove(filler);
  EXPECT_TRUE(PutOne(store, kHotFamily, "b", "2").ok());
  EXPECT_THAT(ListedAll(store, kHotFamily), ElementsAre("a=1", "b=2"));
}

TEST_F(RocksKvFailureTest, LinesOfTheTraceThatTheDiskDoesNotTakeAreLostAndNothingElse) {
  const auto trace = OpenRocksTrace(scratch_.path(), 1 << 20);
  ASSERT_TRUE(trace.ok()) << trace.fault().message;
  {
    const FileSizeLimit limit(0);
    rocksdb::Info(trace.value(), "lost %d", 1);
    rocksdb::Info(trace.value(), "lost %d", 2);
  }
  rocksdb::Info(trace.value(), "kept %d", 3);
  const std::string text = FileBytes(scratch_ / "LOG");
  EXPECT_THAT(text, HasSubstr("kept 3"));
  EXPECT_THAT(text, Not(HasSubstr("lost")));
}

TEST_F(RocksKvFailureTest, TheTraceTakesNoMoreThanTwiceItsSize) {
  constexpr size_t kBytesMax = 4096;
  const auto trace = OpenRocksTrace(scratch_.path(), kBytesMax);
  ASSERT_TRUE(trace.ok()) << trace.fault().message;
  for (int i = 0; i < 1000; ++i) rocksdb::Info(trace.value(), "line %d", i);
  EXPECT_LE(std::filesystem::file_size(scratch_ / "LOG"), kBytesMax);
  EXPECT_LE(std::filesystem::file_size(scratch_ / "LOG.old"), kBytesMax);
  EXPECT_THAT(FileBytes(scratch_ / "LOG"), HasSubstr("line 999\n"));
  EXPECT_THAT(FileBytes(scratch_ / "LOG.old"), Not(HasSubstr("line 999\n")));
}

TEST_F(RocksKvFailureTest, TheGuardComparesFreeSpaceWithItsWatermark) {
  EXPECT_TRUE(FreeSpaceGuard(scratch_.path(), 0).Check().ok());
  EXPECT_TRUE(FreeSpaceGuard(scratch_.path(), 1).Check().ok());
  EXPECT_EQ(FreeSpaceGuard(scratch_.path(), UINT64_MAX).Check().fault().kind, FaultKind::kNoSpace);
  EXPECT_EQ(FreeSpaceGuard(scratch_ / "gone", 1).Check().fault().kind, FaultKind::kIo);
}

}  // namespace
}  // namespace onewindow
