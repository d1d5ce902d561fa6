#include "services/onewindow/desk_journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "services/onewindow/files.h"
#include "tests/services/onewindow/desk_world.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

using testing::HasSubstr;
using testing::Not;

class DeskJournalTest : public testing::Test {
 protected:
  DeskJournalTest() {
    EXPECT_TRUE(DeskJournal::Create(directory_, entropy_).ok());
    made_ = Bytes();
  }

  DeskJournal Open() {
    auto opened = DeskJournal::Open(directory_, entropy_);
    EXPECT_TRUE(opened.ok()) << opened.fault().message;
    return std::move(opened).value();
  }
  FaultKind FaultOfOpening() {
    auto opened = DeskJournal::Open(directory_, entropy_);
    return opened.ok() ? FaultKind::kBug : opened.fault().kind;
  }
  void Write(int entries) {
    DeskJournal journal = Open();
    for (int i = 1; i <= entries; ++i) {
      ASSERT_TRUE(
          journal.Append(Entered("临-window-1-7k3m-20251010-000" + std::to_string(i), OnThe(10, 9)))
              .ok());
    }
  }
  std::string Bytes() const { return ReadWholeFile(directory_ + "/journal").value(); }
  void SetBytes(const std::string& bytes) const {
    std::ofstream(directory_ + "/journal", std::ios::binary | std::ios::trunc) << bytes;
  }
  static unsigned ModeOf(const std::string& path) {
    struct stat found {};
    EXPECT_EQ(stat(path.c_str(), &found), 0) << path;
    return found.st_mode & 0777;
  }

  ScratchDirectory scratch_;
  std::string directory_ = scratch_ / "desk";
  CountingEntropy entropy_;
  std::string made_;  // The bytes of a journal that was just made.
};

TEST_F(DeskJournalTest, ADeskIsItsOwnersAlone) {
  EXPECT_EQ(ModeOf(directory_), 0700u);
  EXPECT_EQ(ModeOf(directory_ + "/key"), 0600u);
  EXPECT_EQ(ModeOf(directory_ + "/journal"), 0600u);
  EXPECT_EQ(DeskJournal::Create(directory_, entropy_).fault().kind, FaultKind::kExists);
}

TEST_F(DeskJournalTest, EachDeskIsMarkedByWhatItDrew) {
  ASSERT_TRUE(DeskJournal::Create(scratch_ / "other", entropy_).ok());
  const auto other = DeskJournal::Open(scratch_ / "other", entropy_);
  EXPECT_EQ(Open().records().at(0).made().desk().size(), 4u);
  EXPECT_NE(Open().records().at(0).made().desk(), other.value().records().at(0).made().desk());
}

TEST_F(DeskJournalTest, ADeskWhoseMakingWasCutOffIsMadeAgain) {
  for (const size_t size : {size_t{32}, size_t{5}, size_t{0}}) {
    std::filesystem::remove(directory_ + "/journal");
    std::filesystem::resize_file(directory_ + "/key", size);
    ASSERT_TRUE(DeskJournal::Create(directory_, entropy_).ok()) << size;
    Write(1);
    EXPECT_EQ(Open().records().size(), 2u);
  }
}

TEST_F(DeskJournalTest, ADirectoryThatOthersMayEnterIsNoDesk) {
  std::filesystem::create_directory(scratch_ / "shared");
  std::filesystem::permissions(scratch_ / "shared", std::filesystem::perms(0755));
  EXPECT_EQ(DeskJournal::Create(scratch_ / "shared", entropy_).fault().kind, FaultKind::kInvalid);
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "shared/key"));
}

TEST_F(DeskJournalTest, WhatWasWrittenComesBack) {
  Write(3);
  const DeskJournal journal = Open();
  ASSERT_EQ(journal.records().size(), 4u);
  EXPECT_EQ(journal.records()[3].entered().provisional_number(), "临-window-1-7k3m-20251010-0003");
  EXPECT_EQ(journal.torn_bytes(), 0u);
}

// Format: nobody may change it without a new version.
TEST_F(DeskJournalTest, HasTheBytesOfVersionOne) {
  DeskRecord record;
  record.mutable_cancelled()->set_provisional_number("临-a");
  ASSERT_TRUE(Open().Append(record).ok());
  std::string hex;
  for (const char byte : Bytes()) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(byte));
    hex += digits;
  }
  EXPECT_EQ(hex,
            "4f574445534b0001000000240f6d66fd25262728292a2b2c2d2e2f30bb214b323f78d27166b69377"
            "796a38f3656882073b7edc8b00000025a75f6bea3132333435363738393a3b3ca4f2fa9b2de844e2"
            "d68e5788ddac239a4e87261ff6202142a4");
}

TEST_F(DeskJournalTest, NothingPersonalIsInTheClear) {
  Write(1);
  for (const auto& file : std::filesystem::directory_iterator(directory_)) {
    const std::string bytes = ReadWholeFile(file.path()).value();
    EXPECT_THAT(bytes, Not(HasSubstr("张三"))) << file.path();
    EXPECT_THAT(bytes, Not(HasSubstr("510121195001011239"))) << file.path();
    EXPECT_THAT(bytes, Not(HasSubstr("senior-card"))) << file.path();
  }
}

TEST_F(DeskJournalTest, ARecordThatBreaksOffAnywhereIsReportedAndReplaced) {
  Write(2);
  const std::string both = Bytes();
  const size_t first = (made_.size() + both.size()) / 2;
  for (size_t end = first + 1; end < both.size(); ++end) {
    SetBytes(both.substr(0, end));
    {
      DeskJournal journal = Open();
      ASSERT_EQ(journal.torn_bytes(), end - first);
      ASSERT_EQ(journal.records().size(), 2u);
      ASSERT_TRUE(journal.Append(Entered("临-window-1-7k3m-20251010-0007", OnThe(10, 9))).ok());
    }
    const DeskJournal journal = Open();
    ASSERT_EQ(journal.records().size(), 3u);
    ASSERT_EQ(journal.torn_bytes(), 0u);
  }
}

TEST_F(DeskJournalTest, ATailOfZerosIsATornRecord) {
  Write(1);
  SetBytes(Bytes() + std::string(300, '\0'));
  const DeskJournal journal = Open();
  EXPECT_EQ(journal.records().size(), 2u);
  EXPECT_EQ(journal.torn_bytes(), 300u);
}

TEST_F(DeskJournalTest, DamageInTheMidstIsRefusedAndNeverTakenForATornTail) {
  Write(3);
  const std::string whole = Bytes();
  const size_t record = (whole.size() - made_.size()) / 3;
  for (size_t at = 8; at < made_.size() + 2 * record; ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    SetBytes(damaged);
    ASSERT_EQ(FaultOfOpening(), FaultKind::kCorrupt) << "byte " << at;
  }
}

TEST_F(DeskJournalTest, WhatIsNoJournalOfOursIsRefusedByName) {
  SetBytes("something else");
  EXPECT_EQ(FaultOfOpening(), FaultKind::kCorrupt);
  SetBytes(std::string("OWDESK\0\2", 8));
  EXPECT_EQ(FaultOfOpening(), FaultKind::kUnsupported);
  std::filesystem::remove_all(directory_);
  EXPECT_EQ(FaultOfOpening(), FaultKind::kNotFound);
}

TEST_F(DeskJournalTest, AnotherKeyDoesNotOpenIt) {
  Write(1);
  std::filesystem::remove(directory_ + "/key");
  ASSERT_TRUE(MakeKeyFile(directory_ + "/key", entropy_).ok());
  EXPECT_EQ(FaultOfOpening(), FaultKind::kCorrupt);
}

TEST_F(DeskJournalTest, AKeyThatOthersMayReadIsRefused) {
  std::filesystem::permissions(directory_ + "/key", std::filesystem::perms(0640));
  EXPECT_EQ(FaultOfOpening(), FaultKind::kInvalid);
}

TEST_F(DeskJournalTest, OneProcessWorksAtADeskAtATime) {
  {
    const DeskJournal first = Open();
    EXPECT_EQ(FaultOfOpening(), FaultKind::kUnavailable);
  }
  Open();
}

TEST_F(DeskJournalTest, AReplacedJournalGoesOn) {
  Write(3);
  {
    DeskJournal journal = Open();
    ASSERT_TRUE(journal.Replace({journal.records()[0], journal.records()[2]}).ok());
    ASSERT_TRUE(journal.Append(Entered("临-window-1-7k3m-20251010-0004", OnThe(10, 9))).ok());
  }
  const DeskJournal journal = Open();
  ASSERT_EQ(journal.records().size(), 3u);
  EXPECT_EQ(journal.records()[1].entered().provisional_number(), "临-window-1-7k3m-20251010-0002");
  EXPECT_EQ(journal.records()[2].entered().provisional_number(), "临-window-1-7k3m-20251010-0004");
  EXPECT_EQ(ModeOf(directory_ + "/journal"), 0600u);
}

}  // namespace
}  // namespace onewindow
