// What reading, correcting and forgetting leave in log, records, directory and keys.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kv/data_directory.h"
#include "engine/runtime/case_store.h"
#include "engine/runtime/verify.h"
#include "engine/tables/schema.h"
#include "tests/engine/runtime/personal_world.h"

namespace onewindow {
namespace {

// Counts how often the log is read.
class LogCounter final : public Reader {
 public:
  explicit LogCounter(const Reader& store) : store_(&store) {}
  Result<std::optional<std::string>> Get(Family family, std::string_view key) const override {
    log_reads += family == families::kLog ? 1 : 0;
    return store_->Get(family, key);
  }
  Result<ScanEnd> Scan(Family family, const KeyRange& range, const ScanOptions& options,
                       const Visitor& visit) const override {
    log_reads += family == families::kLog ? 1 : 0;
    return store_->Scan(family, range, options, visit);
  }

  mutable int log_reads = 0;

 private:
  const Reader* store_;
};

class PersonalTest : public PersonalWorld {
 protected:
  PersonalTest() {
    for (const Command& command : PersonalPublications()) {
      ExpectAccepted(DoAs(kSystemPerson, command));
    }
    case_id_ = SubmitCase("wang");
  }

  // Everything up to its closing, and then some time.
  void CloseAndWait(Duration after) {
    const CaseId id = case_id_;
    for (const Command& command : {Accept(id), Claim(id), Decide(id), Deliver(id), Close(id)}) {
      time_.Pass(std::chrono::hours(1));
      ExpectAccepted(Do(command));
    }
    time_.Pass(after);
    partition_->ConfirmClock(Now());
  }
  size_t CasesOf(const std::string& applicant) const {
    const std::string pseudonym = vault_.Pseudonym(Applicant::OTHER_DOCUMENT, applicant);
    const CaseQueries queries(store_, partition_->state());
    return queries.FindByApplicant(pseudonym, {}).value().rows.size();
  }
  Page<LoggedCommand> Readings(const PageRequest& page) const {
    return CaseQueries(store_, partition_->state()).Readings(case_id_, page).value();
  }
  // The case as it lies in the store, with its head.
  std::string StoredRow() const {
    return memory_.Get(families::kOpen, CaseKey(case_id_)).value().value();
  }
  // As for a request that is asked again.
  int LogReadsToMakeItAgain() const {
    const CaseRecord now = Record(case_id_);
    const LogCounter store(memory_);
    const auto again = ReadCaseAsOf(store, now, partition_->state().end.sequence);
    EXPECT_TRUE(again.ok());
    EXPECT_EQ(again.value().SerializeAsString(), now.SerializeAsString());
    return store.log_reads;
  }
  bool HasKey() const {
    return memory_.Get(families::kKeys, CaseKey(case_id_)).value().has_value();
  }
  std::vector<VerifyFinding> Findings() {
    const Head head = HeadFile::Read(HeadPath(directory_)).value();
    return VerifyStore(memory_, head, {}).value().findings;
  }

  CaseId case_id_;
};

TEST_F(PersonalTest, AReadingIsKnownAndIsNoNewVersion) {
  const CaseRecord before = Record(case_id_);
  const Accepted reading = ExpectAccepted(Do(Read(case_id_)));
  EXPECT_EQ(Record(case_id_).SerializeAsString(), before.SerializeAsString());

  const auto page = Readings({});
  ASSERT_EQ(page.rows.size(), 1u);
  EXPECT_EQ(Sequence{page.rows[0].sequence()}, reading.sequence);
  EXPECT_EQ(page.rows[0].caller().person(), "li");
  EXPECT_TRUE(page.rows[0].events(0).has_personal_data_read());
}

TEST_F(PersonalTest, TheSameRequestIdIsAnotherReading) {
  const Command read = Read(case_id_);
  const Accepted first = ExpectAccepted(Do(read));
  const Accepted second = ExpectAccepted(Do(read));
  EXPECT_NE(first.sequence, second.sequence);
  EXPECT_EQ(Readings({}).rows.size(), 2u);
}

// Age and volume of readings must not slow what comes after them.
TEST_F(PersonalTest, HoweverOftenACaseIsReadItStaysAsSmallAsItWas) {
  const std::string before = StoredRow();
  const int log_reads_before = LogReadsToMakeItAgain();
  for (int i = 0; i < 2'000; ++i) ExpectAccepted(Do(Read(case_id_)));
  EXPECT_EQ(StoredRow(), before);
  EXPECT_EQ(LogReadsToMakeItAgain(), log_reads_before);
}

TEST_F(PersonalTest, ReadingsAreListedInPagesTheOldestFirst) {
  std::vector<Sequence> expected;
  for (int i = 0; i < 5; ++i) expected.push_back(ExpectAccepted(Do(Read(case_id_))).sequence);
  const CaseId other = SubmitCase("zhao");
  ExpectAccepted(Do(Read(other)));

  std::vector<Sequence> listed;
  PageRequest page{.size = 2, .cursor = ""};
  do {
    const auto rows = Readings(page);
    EXPECT_LE(rows.rows.size(), 2u);
    for (const LoggedCommand& each : rows.rows) listed.push_back(Sequence{each.sequence()});
    page.cursor = rows.next_cursor;
  } while (!page.cursor.empty());
  EXPECT_EQ(listed, expected);
}

TEST_F(PersonalTest, VerifyKnowsReadingsOfOpenAndClosedCases) {
  ExpectAccepted(Do(Read(case_id_)));
  CloseAndWait(std::chrono::hours(1));
  const Accepted late = ExpectAccepted(Do(Read(case_id_)));
  EXPECT_TRUE(Findings().empty());
  ExpectFoldsAreRebuiltAsTheyAre();

  Batch batch;
  batch.Delete(families::kDirectory, ReadingKey(case_id_, late.sequence));
  ASSERT_TRUE(memory_.Commit(batch, Durability::kSynced).ok());
  const auto findings = Findings();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].what, "a row is missing");
}

TEST_F(PersonalTest, WhoIsCorrectedIsFoundByWhatIsRight) {
  const int versions = Record(case_id_).history_size();
  ExpectAccepted(Do(CorrectTo(case_id_, "wong")));
  EXPECT_EQ(CasesOf("wang"), 0u);
  EXPECT_EQ(CasesOf("wong"), 1u);
  EXPECT_EQ(Record(case_id_).history_size(), versions + 1);
  ExpectAccepted(Do(CorrectTo(case_id_, "wang")));
  EXPECT_EQ(CasesOf("wang"), 1u);
  EXPECT_EQ(CasesOf("wong"), 0u);
  EXPECT_TRUE(Findings().empty());
}

TEST_F(PersonalTest, APseudonymOfTheRequestIsNotTaken) {
  Command command = CorrectTo(case_id_, "wong");
  command.mutable_correct_personal_data()->mutable_applicant()->set_pseudonym("0123456789abcdef");
  const Accepted accepted = ExpectAccepted(Do(command));
  EXPECT_EQ(accepted.record->applicant().pseudonym(),
            vault_.Pseudonym(Applicant::OTHER_DOCUMENT, "wong"));
}

TEST_F(PersonalTest, WhoIsForgottenHasNoKeyAndIsNotFound) {
  CloseAndWait(policy_.casework.retention);
  ASSERT_TRUE(HasKey());
  ExpectAccepted(Do(Forget(case_id_)));
  EXPECT_FALSE(HasKey());
  EXPECT_EQ(CasesOf("wang"), 0u);
  EXPECT_TRUE(Record(case_id_).has_forgotten_at());
  EXPECT_EQ(Record(case_id_).result(), GRANTED);
  EXPECT_EQ(ReasonOf(Do(Read(case_id_))), ALREADY_FORGOTTEN);
  EXPECT_EQ(ReasonOf(Do(CorrectTo(case_id_, "wong"))), ALREADY_FORGOTTEN);
  EXPECT_TRUE(Findings().empty());
  ExpectFoldsAreRebuiltAsTheyAre();
}

TEST_F(PersonalTest, ForgettingBeforeTheFileMayGoLeavesTheKey) {
  EXPECT_EQ(ReasonOf(Do(Forget(case_id_))), WRONG_STAGE);
  CloseAndWait(policy_.casework.retention - std::chrono::hours(1));
  EXPECT_EQ(ReasonOf(Do(Forget(case_id_))), RETENTION_RUNNING);
  EXPECT_TRUE(HasKey());
}

TEST_F(PersonalTest, AKeyThatCameBackIsFound) {
  const std::string wrapped = memory_.Get(families::kKeys, CaseKey(case_id_)).value().value();
  CloseAndWait(policy_.casework.retention);
  ExpectAccepted(Do(Forget(case_id_)));
  Batch batch;
  batch.Put(families::kKeys, CaseKey(case_id_), wrapped);
  ASSERT_TRUE(memory_.Commit(batch, Durability::kSynced).ok());
  const auto findings = Findings();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].what, "a row should be gone");
}

TEST_F(PersonalTest, AKeyReadTooLateIsNotRememberedAfterForgetting) {
  const SecretKey key = keys_.Find(case_id_).value();
  Batch batch;
  batch.Delete(families::kKeys, CaseKey(case_id_));
  ASSERT_TRUE(memory_.Commit(batch, Durability::kSynced).ok());
  ASSERT_TRUE(keys_.Find(case_id_).ok()) << "kept in memory so far";
  keys_.Forget(case_id_);
  keys_.Remember(case_id_, key);
  EXPECT_EQ(keys_.Find(case_id_).fault().kind, FaultKind::kNotFound);
}

}  // namespace
}  // namespace onewindow
