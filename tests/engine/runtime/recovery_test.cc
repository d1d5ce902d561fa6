#include "engine/runtime/recovery.h"

#include "engine/clock/timestamp.h"
#include "engine/kv/data_directory.h"
#include "engine/runtime/verify.h"
#include "engine/tables/schema.h"
#include "onewindow/v1/checkpoint.pb.h"
#include "tests/engine/runtime/world.h"

namespace onewindow {
namespace {

class RecoveryTest : public World {
 protected:
  void Change(Family family, std::string_view key, std::string_view value) {
    Batch batch;
    batch.Put(family, key, value);
    ASSERT_TRUE(memory_.Commit(batch, Durability::kSynced).ok());
  }
  void Remove(Family family, std::string_view key) {
    Batch batch;
    batch.Delete(family, key);
    ASSERT_TRUE(memory_.Commit(batch, Durability::kSynced).ok());
  }
  std::string Value(Family family, std::string_view key) {
    return memory_.Get(family, key).value().value_or("");
  }
  void ExpectRefusedAsCorrupt() {
    Kill();
    Result<std::unique_ptr<Partition>> opened = TryOpen();
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.fault().kind, FaultKind::kCorrupt) << opened.fault().message;
    EXPECT_NE(opened.fault().message.find("onewindow recover"), std::string::npos)
        << opened.fault().message;
  }
  VerifyReport Verify() {
    Result<Head> head = HeadFile::Read(HeadPath(directory_));
    EXPECT_TRUE(head.ok());
    Result<VerifyReport> report = VerifyStore(memory_, head.value(), {});
    EXPECT_TRUE(report.ok()) << report.fault().message;
    return std::move(report).value();
  }
  // What was planted is found, and found there.
  void ExpectFound(std::string_view where) {
    const VerifyReport report = Verify();
    EXPECT_FALSE(report.ok());
    bool found = false;
    for (const VerifyFinding& finding : report.findings) {
      found |= finding.where.find(where) != std::string::npos;
    }
    EXPECT_TRUE(found) << (report.findings.empty() ? "nothing" : report.findings[0].where);
  }
  void LiveSomeLives() {
    Publish();
    closed_case_ = LiveWholeLife("wang");
    open_case_ = SubmitCase("zhao");
    ExpectAccepted(Do(Accept(open_case_)));
    time_.Pass(std::chrono::days(30));
    while (partition_->FireDue(Now(), 10) > 0) {
    }
  }

  CaseId closed_case_;
  CaseId open_case_;
};

TEST_F(RecoveryTest, WhatWasCommittedIsThereAfterTheProcessDied) {
  LiveSomeLives();
  const CaseRecord before = Record(open_case_);
  ExpectFoldsAreRebuiltAsTheyAre();
  Kill();
  Open();
  EXPECT_EQ(Record(open_case_).SerializeAsString(), before.SerializeAsString());
  ExpectAccepted(Do(Claim(open_case_)));
}

TEST_F(RecoveryTest, SavedFoldsGoOnWhereTheyWere) {
  policy_.checkpoint_commands = 3;
  Kill();
  Open();
  Publish();
  for (int i = 0; i < 8; ++i) {
    LiveWholeLife("applicant " + std::to_string(i));
    ExpectFoldsAreRebuiltAsTheyAre();
  }
  ASSERT_TRUE(partition_->SaveFolds().ok());
  ExpectFoldsAreRebuiltAsTheyAre();
  EXPECT_TRUE(Verify().ok());
}

TEST_F(RecoveryTest, LateEntriesAreCountedAndSavedAndFoldedAgain) {
  Publish();
  Command late = Submit("wang");
  *late.mutable_submit_case()->mutable_envelope()->mutable_occurred_at() =
      ToTimestamp(time_.Now() - std::chrono::hours(26));
  ExpectAccepted(Do(late));
  ExpectAccepted(Do(Submit("li")));
  ASSERT_TRUE(partition_->SaveFolds().ok());
  Kill();
  Open();
  ExpectFoldsAreRebuiltAsTheyAre();
  const auto& counted = partition_->state().log.late_entries.by_organisation();
  ASSERT_EQ(counted.size(), 1u);
  EXPECT_EQ(counted.begin()->second.count(), 1u);
  EXPECT_EQ(counted.begin()->second.sum(), 26u * 3600);
  EXPECT_TRUE(Verify().ok());
}

TEST_F(RecoveryTest, ARequestIdIsRememberedOverARestart) {
  Publish();
  const Command submit = Submit("wang");
  const Answer first = Do(submit);
  ASSERT_TRUE(partition_->SaveFolds().ok());
  Kill();
  Open();
  EXPECT_EQ(ExpectAccepted(Do(submit)).sequence, ExpectAccepted(first).sequence);
}

TEST_F(RecoveryTest, ALostTailIsRefusedByName) {
  LiveSomeLives();
  Remove(families::kLog, LogKey(partition_->state().end.sequence));
  ExpectRefusedAsCorrupt();
}

TEST_F(RecoveryTest, AGapInTheLogIsRefusedByName) {
  LiveSomeLives();
  Remove(families::kLog, LogKey(Sequence{partition_->state().end.sequence.value - 1}));
  ExpectRefusedAsCorrupt();
}

TEST_F(RecoveryTest, AChangedCommandIsRefusedByName) {
  LiveSomeLives();
  const std::string key = LogKey(partition_->state().end.sequence);
  std::string run = Value(families::kLog, key);
  run[run.size() / 2] = static_cast<char>(run[run.size() / 2] ^ 1);
  Change(families::kLog, key, run);
  ExpectRefusedAsCorrupt();
}

TEST_F(RecoveryTest, AHeadOfAnotherLogIsRefusedByName) {
  LiveSomeLives();
  Head head{.sequence = partition_->state().end.sequence, .hash = {}};
  head.hash.fill(7);
  Kill();
  ASSERT_TRUE(HeadFile::Create(HeadPath(directory_), head).ok());
  ExpectRefusedAsCorrupt();
}

TEST_F(RecoveryTest, ALogWithoutAHeadIsRefusedByName) {
  LiveSomeLives();
  Kill();
  std::filesystem::remove(HeadPath(directory_));
  ExpectRefusedAsCorrupt();
}

TEST_F(RecoveryTest, AHeadBehindTheLogIsMovedUp) {
  Publish();
  const Head early = HeadFile::Read(HeadPath(directory_)).value();
  const CaseId case_id = SubmitCase("wang");
  Kill();
  ASSERT_TRUE(HeadFile::Create(HeadPath(directory_), early).ok());
  Open();
  EXPECT_EQ(HeadFile::Read(HeadPath(directory_)).value().sequence.value, case_id.value);
}

TEST_F(RecoveryTest, VerifyFindsNothingInWhatTheEngineWrote) {
  LiveSomeLives();
  ASSERT_TRUE(partition_->SaveFolds().ok());
  const VerifyReport report = Verify();
  EXPECT_TRUE(report.ok()) << report.findings[0].where << ": " << report.findings[0].what;
  EXPECT_EQ(report.commands, partition_->state().end.sequence.value);
  EXPECT_EQ(report.open_cases, 1u);
  EXPECT_EQ(report.closed_cases, 1u);
  ASSERT_FALSE(Rows(families::kDirectory).empty());
}

TEST_F(RecoveryTest, VerifyFindsAChangedOpenRecord) {
  LiveSomeLives();
  std::string value = Value(families::kOpen, CaseKey(open_case_));
  value[2] = 1;  // The priority in the head.
  Change(families::kOpen, CaseKey(open_case_), value);
  ExpectFound("open case");
}

TEST_F(RecoveryTest, VerifyFindsAMissingOpenRecord) {
  LiveSomeLives();
  Remove(families::kOpen, CaseKey(open_case_));
  ExpectFound("open case");
}

TEST_F(RecoveryTest, VerifyFindsAnOpenRecordTooMany) {
  LiveSomeLives();
  Change(families::kOpen, CaseKey(CaseId{3}), Value(families::kOpen, CaseKey(open_case_)));
  ExpectFound("open case 3");
}

TEST_F(RecoveryTest, VerifyFindsAChangedClosedRecord) {
  LiveSomeLives();
  const std::string key = CaseKey(closed_case_);
  Change(families::kClosed, key, Value(families::kClosed, key) + "x");
  ExpectFound("closed case");
}

TEST_F(RecoveryTest, VerifyFindsAClosedRecordTooMany) {
  LiveSomeLives();
  Change(families::kClosed, CaseKey(CaseId{3}), Value(families::kClosed, CaseKey(closed_case_)));
  ExpectFound("closed");
}

TEST_F(RecoveryTest, VerifyFindsAMissingDirectoryRow) {
  LiveSomeLives();
  Remove(families::kDirectory, ReceiptKey(Record(open_case_).receipt_number()));
  ExpectFound("directory");
}

TEST_F(RecoveryTest, VerifyFindsADirectoryRowTooMany) {
  LiveSomeLives();
  Change(families::kDirectory, ReceiptKey("planted"), CaseValue(open_case_));
  ExpectFound("directory");
}

TEST_F(RecoveryTest, VerifyFindsAChangedPublication) {
  LiveSomeLives();
  Change(families::kCatalogue, ChartKey(1), "");
  ExpectFound("catalogue");
}

TEST_F(RecoveryTest, VerifyFindsAKeyOfNoCase) {
  LiveSomeLives();
  Change(families::kKeys, CaseKey(CaseId{3}), "a key");
  ExpectFound("key of case 3");
}

TEST_F(RecoveryTest, VerifyFindsAChangedCommandAnywhere) {
  LiveSomeLives();
  const std::string key = LogKey(Sequence{5});
  std::string run = Value(families::kLog, key);
  run[run.size() / 3] = static_cast<char>(run[run.size() / 3] ^ 1);
  Change(families::kLog, key, run);
  ExpectFound("log");
}

TEST_F(RecoveryTest, VerifyFindsALogThatIsShorterThanHeadSays) {
  LiveSomeLives();
  Remove(families::kLog, LogKey(partition_->state().end.sequence));
  ExpectFound("HEAD");
}

TEST_F(RecoveryTest, VerifyFindsAHeadOfAnotherHash) {
  LiveSomeLives();
  Head head{.sequence = partition_->state().end.sequence, .hash = {}};
  Kill();
  ASSERT_TRUE(HeadFile::Create(HeadPath(directory_), head).ok());
  ExpectFound("HEAD");
}

TEST_F(RecoveryTest, VerifyFindsChangedTallies) {
  LiveSomeLives();
  ASSERT_TRUE(partition_->SaveFolds().ok());
  FoldCheckpoint saved;
  ASSERT_TRUE(saved.ParseFromString(Value(families::kCheckpoints, kFoldsKey)));
  ASSERT_GT(saved.cells_size(), 0);
  saved.mutable_cells(0)->set_on_time(saved.cells(0).on_time() + 1);
  Change(families::kCheckpoints, kFoldsKey, saved.SerializeAsString());
  ExpectFound("checkpoint");
}

TEST_F(RecoveryTest, VerifyFindsLateEntriesThatAreNotInTheLog) {
  LiveSomeLives();
  ASSERT_TRUE(partition_->SaveFolds().ok());
  FoldCheckpoint saved;
  ASSERT_TRUE(saved.ParseFromString(Value(families::kCheckpoints, kFoldsKey)));
  DurationSketch gap;
  gap.Add(60);
  *saved.add_late_entries()->mutable_gap() = gap.ToProto();
  Change(families::kCheckpoints, kFoldsKey, saved.SerializeAsString());
  ExpectFound("checkpoint");
}

}  // namespace
}  // namespace onewindow
