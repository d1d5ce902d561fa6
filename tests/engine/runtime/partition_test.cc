#include "engine/runtime/partition.h"

#include <algorithm>

#include "engine/tables/schema.h"
#include "tests/engine/runtime/world.h"

namespace onewindow {
namespace {

using PartitionTest = World;

TEST_F(PartitionTest, AWholeLifeEndsInTheClosedFamily) {
  Publish();
  const CaseId case_id = LiveWholeLife("wang");
  EXPECT_EQ(Record(case_id).stage(), STAGE_CLOSED);
  EXPECT_TRUE(Rows(families::kOpen).empty());
  EXPECT_EQ(Rows(families::kClosed).size(), 1u);
  EXPECT_EQ(partition_->state().cases.open_cases(), 0u);
}

TEST_F(PartitionTest, ASubmissionSeesTheOneBeforeItInTheSameBatch) {
  Publish();
  std::vector<Submission> both;
  both.push_back(Prepare("li", Submit("wang")));
  both.push_back(Prepare("li", Submit("wang")));
  const std::vector<Answer> answers = DoAll(std::move(both));
  const Accepted& first = ExpectAccepted(answers[0]);
  const Accepted& second = ExpectAccepted(answers[1]);
  EXPECT_EQ(second.sequence.value, first.sequence.value + 1);
  EXPECT_NE(first.record->receipt_number(), second.record->receipt_number());
  EXPECT_EQ(second.logged->events(0).case_submitted().open_case_of_applicant(),
            first.case_id.value);
}

Applicant Person(const std::string& document_number) {
  Applicant person;
  person.set_kind(Applicant::NATURAL_PERSON);
  person.set_document_type(Applicant::OTHER_DOCUMENT);
  person.mutable_name()->set_text("name of " + document_number);
  person.mutable_document_number()->set_text(document_number);
  return person;
}

TEST_F(PartitionTest, EachApplicantIsSealedAndHasAPseudonymOfHisOwn) {
  Publish();
  Command submit = Submit("wang");
  Applicant forged = Person("zhao");
  forged.set_pseudonym(std::string(16, 'x'));
  *submit.mutable_submit_case()->add_co_applicants() = forged;
  const CaseId case_id = ExpectAccepted(Do(submit)).case_id;
  const CaseRecord record = Record(case_id);
  ASSERT_EQ(record.co_applicants_size(), 1);
  const Applicant& zhao = record.co_applicants(0);
  EXPECT_EQ(zhao.pseudonym(), vault_.Pseudonym(Applicant::OTHER_DOCUMENT, "zhao"));
  EXPECT_NE(zhao.pseudonym(), record.applicant().pseudonym());
  EXPECT_TRUE(zhao.name().has_box());
  EXPECT_TRUE(zhao.document_number().has_box());
  for (const std::string& row : Rows(families::kLog)) {
    EXPECT_EQ(row.find("name of zhao"), std::string::npos);
  }
}

TEST_F(PartitionTest, OneDocumentInTwoSpellingsIsOneApplicant) {
  Publish();
  Command submit = Submit("wang");
  *submit.mutable_submit_case()->add_co_applicants() = Person(" WANG");
  EXPECT_EQ(ReasonOf(Do(submit)), APPLICANT_TWICE);
}

TEST_F(PartitionTest, ASubmissionIsComparedForEachOfItsApplicants) {
  Publish();
  const CaseId first = SubmitCase("zhao");
  Command submit = Submit("wang");
  *submit.mutable_submit_case()->add_co_applicants() = Person("li");
  *submit.mutable_submit_case()->add_co_applicants() = Person("zhao");
  const Answer answer = Do(submit);
  EXPECT_EQ(ExpectAccepted(answer).logged->events(0).case_submitted().open_case_of_applicant(),
            first.value);
}

TEST_F(PartitionTest, ARefusedCommandLeavesNothing) {
  Publish();
  const auto log_before = Rows(families::kLog);
  EXPECT_EQ(ReasonOf(Do(Accept(CaseId{77}))), CASE_NOT_FOUND);
  EXPECT_EQ(Rows(families::kLog), log_before);
}

TEST_F(PartitionTest, ValidateOnlyAnswersAndLeavesNothing) {
  Publish();
  const auto log_before = Rows(families::kLog);
  Command submit = Submit("wang");
  submit.mutable_submit_case()->mutable_envelope()->set_validate_only(true);
  const Accepted& accepted = ExpectAccepted(Do(submit));
  EXPECT_FALSE(accepted.sequence);
  EXPECT_EQ(Rows(families::kLog), log_before);
  EXPECT_TRUE(Rows(families::kOpen).empty());
  submit.mutable_submit_case()->mutable_envelope()->set_validate_only(false);
  EXPECT_TRUE(ExpectAccepted(Do(submit)).sequence);
}

TEST_F(PartitionTest, TheSameRequestIdGivesTheSameAnswerAgain) {
  Publish();
  const Command submit = Submit("wang");
  const Answer first = Do(submit);
  const CaseId case_id = ExpectAccepted(first).case_id;
  ExpectAccepted(Do(Accept(case_id)));
  const Answer again = Do(submit);
  EXPECT_EQ(ExpectAccepted(again).sequence, ExpectAccepted(first).sequence);
  EXPECT_EQ(ExpectAccepted(again).record->SerializeAsString(),
            ExpectAccepted(first).record->SerializeAsString());
  EXPECT_EQ(ExpectAccepted(again).logged->SerializeAsString(),
            ExpectAccepted(first).logged->SerializeAsString());
}

TEST_F(PartitionTest, TheSameRequestIdTwiceInOneBatchIsOneCommand) {
  Publish();
  const Command submit = Submit("wang");
  std::vector<Submission> both;
  both.push_back(Prepare("li", submit));
  both.push_back(Prepare("li", submit));
  const std::vector<Answer> answers = DoAll(std::move(both));
  EXPECT_EQ(ExpectAccepted(answers[0]).sequence, ExpectAccepted(answers[1]).sequence);
  EXPECT_EQ(Rows(families::kOpen).size(), 1u);
}

TEST_F(PartitionTest, TheSameRequestIdWithAnotherBodyIsRefused) {
  Publish();
  Command submit = Submit("wang");
  ExpectAccepted(Do(submit));
  submit.mutable_submit_case()->set_priority(1);
  EXPECT_EQ(ReasonOf(Do(submit)), REQUEST_ID_REUSED);
}

TEST_F(PartitionTest, ARefusedRequestIdIsDecidedAfresh) {
  Publish();
  Command accept = Accept(CaseId{4});
  EXPECT_EQ(ReasonOf(Do(accept)), CASE_NOT_FOUND);
  ASSERT_EQ(SubmitCase("wang"), CaseId{4});
  ExpectAccepted(Do(accept));
}

TEST_F(PartitionTest, ARequestIdIsRememberedSevenDays) {
  Publish();
  const Command submit = Submit("wang");
  const Answer first = Do(submit);
  time_.Pass(std::chrono::days(6));
  EXPECT_EQ(ExpectAccepted(Do(submit)).sequence, ExpectAccepted(first).sequence);
  time_.Pass(std::chrono::days(2));
  EXPECT_NE(ExpectAccepted(Do(submit)).sequence, ExpectAccepted(first).sequence);
}

TEST_F(PartitionTest, AStaleEtagIsRefused) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  const std::string etag = EtagOf(Record(case_id));
  ExpectAccepted(Do(Accept(case_id)));
  Command claim = Claim(case_id);
  claim.mutable_claim_task()->mutable_envelope()->set_etag(etag);
  EXPECT_EQ(ReasonOf(Do(claim)), STALE_ETAG);
  claim.mutable_claim_task()->mutable_envelope()->set_etag(EtagOf(Record(case_id)));
  ExpectAccepted(Do(claim));
}

TEST_F(PartitionTest, AStrangerLearnsNothingFromAStaleEtag) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  Command accept = Accept(case_id);
  accept.mutable_accept_case()->mutable_envelope()->set_etag("1");
  EXPECT_EQ(ReasonOf(DoAs("stranger", accept)), POSITION_NOT_HELD);
}

TEST_F(PartitionTest, AFullDiskRefusesTheBatchAndLosesNothing) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  store_.failure = Fault{FaultKind::kNoSpace, "full"};
  EXPECT_EQ(ReasonOf(Do(Accept(case_id))), DISK_FULL);
  EXPECT_EQ(ReasonOf(Do(Submit("zhao"))), DISK_FULL);
  EXPECT_EQ(Record(case_id).stage(), STAGE_RECEIVED);
  EXPECT_EQ(partition_->state().cases.open_cases(), 1u);
  store_.failure.reset();
  ExpectAccepted(Do(Accept(case_id)));
  // The serial that the refused submission would have taken was given back.
  const Accepted second = ExpectAccepted(Do(Submit("zhao")));
  EXPECT_EQ(second.logged->events(0).case_submitted().receipt_serial(), 2u);
  ExpectFoldsAreRebuiltAsTheyAre();
}

TEST_F(PartitionTest, AFailedStoreAnswersNothingAnyMore) {
  Publish();
  const CaseId case_id = SubmitCase("wang");
  store_.failure = Fault{FaultKind::kIo, "broken"};
  const Answer failed = Do(Accept(case_id));
  ASSERT_TRUE(std::holds_alternative<Fault>(failed));
  EXPECT_EQ(std::get<Fault>(failed).kind, FaultKind::kUnavailable);
  store_.failure.reset();
  EXPECT_TRUE(std::holds_alternative<Fault>(Do(Accept(case_id))));
  EXPECT_TRUE(partition_->failure().has_value());
  Kill();
  Open();
  ExpectAccepted(Do(Accept(case_id)));
}

TEST_F(PartitionTest, ABugSetsTheCaseAsideAndStopsNoOther) {
  Publish();
  const CaseId broken = SubmitCase("wang");
  const CaseId whole = SubmitCase("zhao");
  // A record that no event makes: the invariants find it.
  CaseRecord record = Record(broken);
  record.mutable_tasks(0)->set_id(99);
  Batch batch;
  batch.Put(families::kOpen, CaseKey(broken), EncodeCase(CaseHead(), record));
  ASSERT_TRUE(memory_.Commit(batch, Durability::kSynced).ok());
  Kill();
  Open();

  Command note;
  auto& wish = *note.mutable_record_ad_hoc_step();
  *wish.mutable_envelope() = Accept(broken).accept_case().envelope();
  wish.set_case_id(broken.value);
  wish.set_name("a look");
  wish.set_mark(RecordAdHocStep::OFF_ROUTE);
  const Answer stopped = Do(note);
  ASSERT_TRUE(std::holds_alternative<Fault>(stopped));
  EXPECT_EQ(std::get<Fault>(stopped).kind, FaultKind::kBug);
  EXPECT_TRUE(Record(broken).set_aside());
  EXPECT_EQ(ReasonOf(Do(Accept(broken))), SET_ASIDE);
  ExpectAccepted(Do(Accept(whole)));
  EXPECT_EQ(partition_->Stats().incidents, 1u);
}

TEST_F(PartitionTest, ALifeTakesThreePutsACommandAtMost) {
  Publish();
  for (int i = 0; i < 10; ++i) LiveWholeLife("applicant " + std::to_string(i));
  const WriterStats stats = partition_->Stats();
  // One command a batch is the worst case.
  EXPECT_LE(static_cast<double>(stats.puts) / static_cast<double>(stats.commands), 3.0);
}

TEST_F(PartitionTest, TheLogDoesNotDependOnHowCommandsFellIntoBatches) {
  Publish();
  std::vector<Submission> submissions;
  for (int i = 0; i < 20; ++i) {
    submissions.push_back(Prepare("li", Submit("applicant " + std::to_string(i))));
  }
  for (uint64_t id = 4; id < 24; ++id) submissions.push_back(Prepare("li", Accept(CaseId{id})));

  std::vector<ChainEnd> ends;
  std::vector<std::vector<std::string>> rows;
  for (const size_t size : {1u, 3u, 40u}) {
    MemoryKv store(families::kCount);
    for (const Family family : {families::kLog, families::kCatalogue, families::kCheckpoints}) {
      Batch batch;
      auto end = memory_.Scan(family, KeysWithPrefix(""), {},
                              [&](std::string_view key, std::string_view value) {
                                batch.Put(family, key, value);
                                return Visit::kContinue;
                              });
      ASSERT_TRUE(end.ok());
      ASSERT_TRUE(store.Commit(batch, Durability::kSynced).ok());
    }
    const std::string path = directory_ / ("HEAD-" + std::to_string(size));
    auto partition = Partition::Open(store, HeadFile::Create(path, Head()).value(), policy_, time_);
    ASSERT_TRUE(partition.ok()) << partition.fault().message;
    for (size_t from = 0; from < submissions.size(); from += size) {
      const size_t until = std::min(from + size, submissions.size());
      std::vector<Submission> part(submissions.begin() + static_cast<std::ptrdiff_t>(from),
                                   submissions.begin() + static_cast<std::ptrdiff_t>(until));
      for (const Answer& answer : partition.value()->Process(part, Now())) ExpectAccepted(answer);
    }
    ends.push_back(partition.value()->state().end);
    auto& open = rows.emplace_back();
    auto end = store.Scan(families::kOpen, KeysWithPrefix(""), {},
                          [&open](std::string_view, std::string_view value) {
                            open.emplace_back(value);
                            return Visit::kContinue;
                          });
    ASSERT_TRUE(end.ok());
  }
  EXPECT_EQ(ends[0], ends[1]);
  EXPECT_EQ(ends[0], ends[2]);
  EXPECT_EQ(rows[0], rows[1]);
  EXPECT_EQ(rows[0], rows[2]);
}

TEST_F(PartitionTest, ABufferedImportMovesHeadOnlyWhenItIsSynced) {
  Publish();
  const Sequence before = partition_->state().end.sequence;
  std::vector<Submission> submissions;
  submissions.push_back(Prepare("li", Submit("wang")));
  ExpectAccepted(partition_->Process(std::move(submissions), Now(), Durability::kBuffered).front());
  const std::string head = directory_ / "HEAD";
  EXPECT_EQ(HeadFile::Read(head).value().sequence, before);
  ASSERT_TRUE(partition_->Sync().ok());
  EXPECT_EQ(HeadFile::Read(head).value().sequence, Sequence{before.value + 1});
}

}  // namespace
}  // namespace onewindow
