#include "engine/kv/rocks_kv.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>

#include <random>

#include "engine/kv/data_directory.h"
#include "tests/engine/kv/kv_fixture.h"

namespace onewindow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RocksKvTest : public ::testing::Test {
 protected:
  ScratchDirectory scratch_;
  const std::string data_ = scratch_ / "data";
};

Fault FaultOfOpening(const RocksKvOptions& options) {
  auto opened = RocksKv::Open(options);
  EXPECT_FALSE(opened.ok());
  return opened.ok() ? Fault{FaultKind::kInvalid, "it opened"} : opened.fault();
}

TEST_F(RocksKvTest, WhatWasCommittedIsThereAfterReopening) {
  auto store = OpenSmall(data_);
  ASSERT_TRUE(PutOne(*store, kHotFamily, "a", "1").ok());
  ASSERT_TRUE(PutOne(*store, kColdFamily, "b", "2").ok());
  store.reset();
  store = OpenSmall(data_);
  EXPECT_THAT(ListedAll(*store, kHotFamily), ElementsAre("a=1"));
  EXPECT_THAT(ListedAll(*store, kColdFamily), ElementsAre("b=2"));
}

TEST_F(RocksKvTest, AFamilyThatIsNewStartsEmptyBesideTheOthers) {
  ASSERT_TRUE(PutOne(*OpenSmall(data_), kHotFamily, "a", "1").ok());
  RocksKvOptions options = SmallOptions(data_);
  options.families.push_back({.name = "later"});
  const auto store = RocksKv::Open(options);
  ASSERT_TRUE(store.ok()) << store.fault().message;
  EXPECT_THAT(ListedAll(*store.value(), kHotFamily), ElementsAre("a=1"));
  EXPECT_TRUE(ListedAll(*store.value(), Family{2}).empty());
}

TEST_F(RocksKvTest, AFamilyLeftOutIsRefusedByName) {
  OpenSmall(data_);
  RocksKvOptions options = SmallOptions(data_);
  options.families.pop_back();
  const Fault fault = FaultOfOpening(options);
  EXPECT_EQ(fault.kind, FaultKind::kInvalid);
  EXPECT_THAT(fault.message, HasSubstr("cold"));
}

TEST_F(RocksKvTest, ASecondOpeningIsRefusedUntilTheFirstIsGone) {
  auto first = OpenSmall(data_);
  for (const Access access : {Access::kReadWrite, Access::kReadOnly}) {
    RocksKvOptions options = SmallOptions(data_);
    options.access = access;
    const Fault fault = FaultOfOpening(options);
    EXPECT_EQ(fault.kind, FaultKind::kUnavailable);
    EXPECT_THAT(fault.message, HasSubstr("Another process holds " + data_));
  }
  EXPECT_TRUE(PutOne(*first, kHotFamily, "a", "1").ok());
  first.reset();
  EXPECT_THAT(ListedAll(*OpenSmall(data_), kHotFamily), ElementsAre("a=1"));
}

TEST_F(RocksKvTest, TheLockOfAnotherProcessIsSeen) {
  OpenSmall(data_);
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const int lock_file = ::open((DatabasePath(data_) + "/LOCK").c_str(), O_RDWR);
    struct flock whole = {};
    whole.l_type = F_WRLCK;
    const bool locked = ::fcntl(lock_file, F_SETLK, &whole) == 0;
    if (::write(ready[1], locked ? "y" : "n", 1) == 1) ::pause();
    ::_exit(1);
  }
  char locked = 0;
  ASSERT_EQ(::read(ready[0], &locked, 1), 1);
  EXPECT_EQ(locked, 'y');
  EXPECT_EQ(FaultOfOpening(SmallOptions(data_)).kind, FaultKind::kUnavailable);
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  OpenSmall(data_);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(RocksKvTest, ReadOnlyReadsWhatIsThereAndMakesNothing) {
  RocksKvOptions options = SmallOptions(data_);
  options.access = Access::kReadOnly;
  EXPECT_EQ(FaultOfOpening(options).kind, FaultKind::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(data_));

  ASSERT_TRUE(PutOne(*OpenSmall(data_), kHotFamily, "a", "1").ok());
  const auto store = RocksKv::Open(options);
  ASSERT_TRUE(store.ok()) << store.fault().message;
  EXPECT_THAT(ListedAll(*store.value(), kHotFamily), ElementsAre("a=1"));
  EXPECT_THAT(ListedAll(*store.value()->Snapshot(), kHotFamily), ElementsAre("a=1"));
}

TEST_F(RocksKvTest, CommittingToAReadOnlyStoreIsABug) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");  // RocksDB's threads run.
  OpenSmall(data_);
  RocksKvOptions options = SmallOptions(data_);
  options.access = Access::kReadOnly;
  const auto store = RocksKv::Open(options);
  ASSERT_TRUE(store.ok()) << store.fault().message;
  EXPECT_DEATH((void)PutOne(*store.value(), kHotFamily, "b", "2"), "CHECK failed");
}

TEST_F(RocksKvTest, ANewerFormatIsRefusedNamingBothVersions) {
  OpenSmall(data_);
  ASSERT_TRUE(WriteFormat(data_, kDataFormat + 8).ok());
  const Fault fault = FaultOfOpening(SmallOptions(data_));
  EXPECT_EQ(fault.kind, FaultKind::kUnsupported);
  EXPECT_THAT(fault.message, HasSubstr("format " + std::to_string(kDataFormat + 8)));
  EXPECT_THAT(fault.message, HasSubstr("up to " + std::to_string(kDataFormat)));
}

TEST_F(RocksKvTest, AFormatFileThatIsNotOursOrIsGoneIsRefused) {
  OpenSmall(data_);
  for (const char* text : {"", "onewindow-data", "onewindow-data 0\n", "onewindow-data 01\n",
                           "onewindow-data 1", "onewindow-data 1\nmore", "something else\n"}) {
    SetFileBytes(FormatPath(data_), text);
    EXPECT_EQ(FaultOfOpening(SmallOptions(data_)).kind, FaultKind::kCorrupt) << text;
  }
  std::filesystem::remove(FormatPath(data_));
  EXPECT_EQ(FaultOfOpening(SmallOptions(data_)).kind, FaultKind::kCorrupt);
}

TEST_F(RocksKvTest, OptionsOutOfRangeAreRefused) {
  RocksKvOptions options = SmallOptions(data_);
  options.memory_bytes = 1 << 20;
  EXPECT_EQ(FaultOfOpening(options).kind, FaultKind::kInvalid);
  EXPECT_EQ(FaultOfOpening(SmallOptions("")).kind, FaultKind::kInvalid);
}

// Bytes that no compression hides.
std::string Noise() {
  std::mt19937 random(7);
  std::string noise;
  for (int i = 0; i < 64; ++i) noise.push_back(static_cast<char>(random()));
  return noise;
}

int FilesWith(const std::string& directory, const std::string& bytes) {
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    if (FileBytes(entry.path()).find(bytes) != std::string::npos) ++files;
  }
  return files;
}

TEST_F(RocksKvTest, WhatIsDeletedAndPurgedIsInNoFile) {
  const std::string secret = Noise();
  const auto store = OpenSmall(data_);
  ASSERT_TRUE(PutOne(*store, kHotFamily, "a", "kept").ok());
  ASSERT_TRUE(PutOne(*store, kHotFamily, "b", secret).ok());
  // Down to the lowest level.
  ASSERT_TRUE(store->Purge(kHotFamily, {"b"}).ok());
  ASSERT_EQ(FilesWith(data_, secret), 1) << "a purge takes nothing that is not deleted";
  ASSERT_TRUE(PutOne(*store, kColdFamily, "c", "1").ok());

  Batch batch;
  batch.Delete(kHotFamily, "b");
  ASSERT_TRUE(store->Commit(batch, Durability::kSynced).ok());
  EXPECT_GT(FilesWith(data_, secret), 0) << "a deletion alone leaves the bytes";
  ASSERT_TRUE(store->Purge(kHotFamily, {"b"}).ok());
  EXPECT_EQ(FilesWith(data_, secret), 0);
  EXPECT_THAT(ListedAll(*store, kHotFamily), ElementsAre("a=kept"));
}

TEST_F(RocksKvTest, EveryLogOfTheDatabaseStaysInTheDataDirectory) {
  OpenSmall(data_);
  EXPECT_TRUE(std::filesystem::exists(DatabasePath(data_) + "/LOG"));
}

}  // namespace
}  // namespace onewindow
