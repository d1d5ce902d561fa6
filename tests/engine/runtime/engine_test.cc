#include "engine/runtime/engine.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "engine/attachments/file_paths.h"
#include "engine/attachments/file_reader.h"
#include "engine/attachments/file_writer.h"
#include "engine/runtime/verify.h"
#include "tests/engine/runtime/world.h"

namespace onewindow {
namespace {

// The real thing: RocksDB, threads, the machine's clocks. World only makes the commands.
class EngineTest : public World {
 protected:
  EngineTest() {
    options_.data_directory = directory_ / "data";
    options_.memory_bytes = 32 << 20;
    options_.free_bytes_min = 0;
    OpenEngine();
  }
  ~EngineTest() override { engine_.reset(); }

  void OpenEngine() {
    engine_.reset();
    Result<std::unique_ptr<Engine>> opened = Engine::Open(options_, system_time_);
    ASSERT_TRUE(opened.ok()) << opened.fault().message;
    engine_ = std::move(opened).value();
  }
  Answer Ask(Command command, std::string_view person = "li") {
    std::promise<Answer> promise;
    engine_->Submit(person, std::move(command),
                    [&promise](Answer answer) { promise.set_value(std::move(answer)); });
    return promise.get_future().get();
  }
  void PublishAll() {
    for (const Command& command : Publications()) ExpectAccepted(Ask(command, kSystemPerson));
  }
  CaseId SubmitOne(const std::string& applicant) {
    return ExpectAccepted(Ask(Submit(applicant))).case_id;
  }
  std::vector<uint64_t> CasesOn(const Page<WorklistRow>& page) {
    std::vector<uint64_t> ids;
    for (const WorklistRow& row : page.rows) ids.push_back(row.record.id());
    return ids;
  }

  // As far as being on disk.
  StoredFile Write(CaseId case_id, const std::string& content) {
    FileWriter writer = std::get<FileWriter>(engine_->BeginFile(case_id, content.size()));
    EXPECT_TRUE(writer.Add(content).ok());
    return writer.Finish().value();
  }
  // As far as its settlement.
  Answer Attach(CaseId case_id, const StoredFile& file) {
    Command command = Accept(case_id);
    const Envelope envelope = command.accept_case().envelope();
    AttachFile& wish = *command.mutable_attach_file();
    *wish.mutable_envelope() = envelope;
    wish.set_case_id(case_id.value);
    wish.mutable_attachment()->set_media_type("image/png");
    wish.mutable_attachment()->mutable_name()->set_text("scan");
    std::promise<Answer> promise;
    engine_->Attach("li", command, file,
                    [&promise](Answer answer) { promise.set_value(std::move(answer)); });
    return promise.get_future().get();
  }
  bool IsThere(CaseId case_id, const StoredFile& file) {
    return engine_->ReadFile(case_id, file.address).ok();
  }

  SystemTime system_time_;
  EngineOptions options_;
  std::unique_ptr<Engine> engine_;
};

TEST_F(EngineTest, AFileThatWasNeverAttachedIsGoneAfterARestart) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  const StoredFile file = Write(case_id, "scan");
  EXPECT_TRUE(IsThere(case_id, file));
  OpenEngine();
  EXPECT_FALSE(IsThere(case_id, file));
}

TEST_F(EngineTest, AFileThatWasAttachedAndNotSettledStaysAfterARestart) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  const StoredFile file = Write(case_id, "scan");
  ExpectAccepted(Attach(case_id, file));
  OpenEngine();
  EXPECT_TRUE(IsThere(case_id, file));
  engine_.reset();
  const VerifyReport report = VerifyData(options_.data_directory, {}).value();
  EXPECT_TRUE(report.ok());
  EXPECT_EQ(report.files, 1u);
}

TEST_F(EngineTest, TheAnswerDecidesWhetherAFileStays) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  const StoredFile attached = Write(case_id, "scan");
  ASSERT_TRUE(engine_->SettleFile(attached, Attach(case_id, attached)).ok());
  EXPECT_TRUE(IsThere(case_id, attached));
  const StoredFile refused = Write(case_id, "another");
  ASSERT_TRUE(engine_->SettleFile(refused, Attach(CaseId{4711}, refused)).ok());
  EXPECT_FALSE(IsThere(case_id, refused));
  const StoredFile unknown = Write(case_id, "scan");
  ASSERT_TRUE(engine_->SettleFile(unknown, Fault{FaultKind::kUnavailable, "stopping"}).ok());
  EXPECT_TRUE(IsThere(case_id, unknown));
}

TEST_F(EngineTest, ADamagedFileThatIsNotSettledStopsNobody) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  const StoredFile damaged = Write(case_id, "damaged");
  const StoredFile refused = Write(case_id, "refused");
  const std::string root = AttachmentsPath(options_.data_directory);
  std::fstream(FilePath(root, damaged.address)) << "no header";
  OpenEngine();
  EXPECT_TRUE(engine_->GetCase(case_id).value().has_value());
  EXPECT_FALSE(IsThere(case_id, refused)) << "the others are settled";
  engine_.reset();
  const VerifyReport report = VerifyData(options_.data_directory, {}).value();
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].where, "file " + damaged.address);
}

TEST_F(EngineTest, ACaseWithoutAKeyTakesNoFile) {
  PublishAll();
  EXPECT_EQ(std::get<Fault>(engine_->BeginFile(CaseId{4711}, 1)).kind, FaultKind::kNotFound);
}

TEST_F(EngineTest, AFileLargerThanTheRulesAllowIsNotBegun) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  const uint64_t bytes_max = options_.policy.casework.attachment_bytes_max;
  EXPECT_TRUE(std::holds_alternative<FileWriter>(engine_->BeginFile(case_id, bytes_max)));
  EXPECT_EQ(std::get<Rejection>(engine_->BeginFile(case_id, bytes_max + 1)).reason,
            ATTACHMENT_TOO_LARGE);
}

TEST_F(EngineTest, FilesDoNotTakeTheLastRoomFromCommands) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  options_.free_bytes_min = std::filesystem::space(directory_ / "data").available / 4 * 3;
  OpenEngine();
  EXPECT_EQ(std::get<Fault>(engine_->BeginFile(case_id, 1)).kind, FaultKind::kNoSpace);
  ExpectAccepted(Ask(Accept(case_id)));
}

TEST_F(EngineTest, WhoeverGotTheAnswerReadsItsEffects) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  const auto found = engine_->GetCase(case_id).value();
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->stage(), STAGE_RECEIVED);
  EXPECT_EQ(engine_->FindByReceipt(found->receipt_number()).value()->id(), case_id.value);
  EXPECT_EQ(CasesOn(engine_->ListWorklist("window", {}).value()),
            std::vector<uint64_t>{case_id.value});
  EXPECT_EQ(engine_->GetProcessingTimes({}).value().total.received, 1u);
  EXPECT_EQ(engine_->Stats().open_cases, 1u);
}

TEST_F(EngineTest, EverythingIsThereAfterARestart) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  const std::string before = engine_->GetCase(case_id).value()->SerializeAsString();
  OpenEngine();
  EXPECT_EQ(engine_->GetCase(case_id).value()->SerializeAsString(), before);
  ExpectAccepted(Ask(Accept(case_id)));
  engine_.reset();
  Result<VerifyReport> report = VerifyData(options_.data_directory, {});
  ASSERT_TRUE(report.ok()) << report.fault().message;
  EXPECT_TRUE(report.value().ok())
      << report.value().findings[0].where << ": " << report.value().findings[0].what;
}

TEST_F(EngineTest, AnotherProcessIsRefusedWhileThisOneHoldsTheData) {
  Result<std::unique_ptr<Engine>> second = Engine::Open(options_, system_time_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.fault().kind, FaultKind::kUnavailable);
}

TEST_F(EngineTest, WorklistsComeInPagesByPriorityThenAge) {
  PublishAll();
  std::vector<uint64_t> plain;
  for (int i = 0; i < 4; ++i) plain.push_back(SubmitOne("applicant " + std::to_string(i)).value);
  Command urgent = Submit("urgent");
  urgent.mutable_submit_case()->set_priority(2);
  const uint64_t first = ExpectAccepted(Ask(urgent)).case_id.value;

  std::vector<uint64_t> seen;
  PageRequest request{.size = 2, .cursor = ""};
  do {
    const Page<WorklistRow> page = engine_->ListWorklist("window", request).value();
    EXPECT_LE(page.rows.size(), 2u);
    for (const uint64_t id : CasesOn(page)) seen.push_back(id);
    request.cursor = page.next_cursor;
  } while (!request.cursor.empty());
  plain.insert(plain.begin(), first);
  EXPECT_EQ(seen, plain);
}

TEST_F(EngineTest, ACursorBelongsToItsListAlone) {
  PublishAll();
  for (int i = 0; i < 3; ++i) SubmitOne("applicant " + std::to_string(i));
  const auto page = engine_->ListWorklist("window", {.size = 1, .cursor = ""}).value();
  ASSERT_FALSE(page.next_cursor.empty());
  const PageRequest next{.size = 1, .cursor = page.next_cursor};
  EXPECT_EQ(engine_->ListReady("hall", next).fault().kind, FaultKind::kInvalid);
  EXPECT_EQ(engine_->ListWorklist("window", {.size = 1, .cursor = "zz"}).fault().kind,
            FaultKind::kInvalid);
}

TEST_F(EngineTest, AnApplicantsCasesAreFoundByHisPseudonym) {
  PublishAll();
  const CaseId first = SubmitOne("wang");
  SubmitOne("zhao");
  const CaseId second = SubmitOne("wang");
  const std::string pseudonym = engine_->vault().Pseudonym(Applicant::OTHER_DOCUMENT, "WANG");
  const auto page = engine_->FindByApplicant(pseudonym, {}).value();
  ASSERT_EQ(page.rows.size(), 2u);
  EXPECT_EQ(page.rows[0].id(), second.value);
  EXPECT_EQ(page.rows[1].id(), first.value);
}

TEST_F(EngineTest, ACaseIsFoundByEachOfItsApplicants) {
  PublishAll();
  Command submit = Submit("wang");
  Applicant& zhao = *submit.mutable_submit_case()->add_co_applicants();
  zhao = submit.submit_case().applicant();
  zhao.mutable_document_number()->set_text("zhao");
  const CaseId case_id = ExpectAccepted(Ask(submit)).case_id;
  for (const char* number : {"wang", "zhao"}) {
    const std::string pseudonym = engine_->vault().Pseudonym(Applicant::OTHER_DOCUMENT, number);
    const auto page = engine_->FindByApplicant(pseudonym, {}).value();
    ASSERT_EQ(page.rows.size(), 1u) << number;
    EXPECT_EQ(page.rows[0].id(), case_id.value);
  }
  // Verification makes these rows from the log and compares.
  engine_.reset();
  Result<VerifyReport> report = VerifyData(options_.data_directory, {});
  ASSERT_TRUE(report.ok()) << report.fault().message;
  EXPECT_TRUE(report.value().ok());
}

TEST_F(EngineTest, CasesAreFoundByItemAndDay) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  const Date today = DateOf(engine_->Now(), kBeijing);
  const auto page = engine_->FindByItemAndDay("desk-item", today, {}).value();
  ASSERT_EQ(page.rows.size(), 1u);
  EXPECT_EQ(page.rows[0].id(), case_id.value);
  const Date yesterday = today - std::chrono::days(1);
  EXPECT_TRUE(engine_->FindByItemAndDay("desk-item", yesterday, {}).value().rows.empty());
}

TEST_F(EngineTest, ATimelineGivesEveryCommandOnceInOrder) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  ExpectAccepted(Ask(Accept(case_id)));
  ExpectAccepted(Ask(Claim(case_id)));
  std::vector<uint64_t> sequences;
  PageRequest request{.size = 2, .cursor = ""};
  do {
    const auto page = engine_->Timeline(case_id, request).value();
    for (const LoggedCommand& logged : page.rows) sequences.push_back(logged.sequence());
    request.cursor = page.next_cursor;
  } while (!request.cursor.empty());
  const auto record = *engine_->GetCase(case_id).value();
  EXPECT_EQ(sequences, std::vector<uint64_t>(record.history().begin(), record.history().end()));
}

TEST_F(EngineTest, TextIsReadAgainOnlyByUnsealing) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  CaseRecord record = *engine_->GetCase(case_id).value();
  EXPECT_TRUE(record.applicant().name().has_box());
  ASSERT_TRUE(engine_->Unseal(case_id, record).ok());
  EXPECT_EQ(record.applicant().name().text(), "name of wang");
  EXPECT_EQ(engine_->Unseal(CaseId{999}, record).fault().kind, FaultKind::kNotFound);
}

TEST_F(EngineTest, AWatcherHearsOfHisCaseOnly) {
  PublishAll();
  const CaseId case_id = SubmitOne("wang");
  std::atomic<int> woken = 0;
  const auto watch = engine_->WatchCase(case_id, [&woken] { ++woken; });
  EXPECT_FALSE(watch->Next().has_value());
  SubmitOne("zhao");
  EXPECT_EQ(woken, 0);
  const Sequence accepted = ExpectAccepted(Ask(Accept(case_id))).sequence;
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(watch->Next()->sequence, accepted);
  EXPECT_FALSE(watch->Next().has_value());
  engine_->Stop();
  EXPECT_TRUE(watch->ended().has_value());
}

TEST_F(EngineTest, AWorklistIsWatched) {
  PublishAll();
  const auto watch = engine_->WatchWorklist("window", [] {}).value();
  const CaseId case_id = SubmitOne("wang");
  EXPECT_EQ(watch->Next()->case_id, case_id);
  EXPECT_EQ(engine_->WatchWorklist("nobody", [] {}).fault().kind, FaultKind::kNotFound);
}

TEST_F(EngineTest, ASlowWatcherIsDroppedWithAReason) {
  Watch watch([] {});
  for (uint64_t i = 0; i <= kWatchBacklogMax; ++i) {
    watch.Add({.sequence = Sequence{i + 1}, .case_id = CaseId{1}});
  }
  EXPECT_TRUE(watch.ended().has_value());
  EXPECT_EQ(watch.Next()->sequence, Sequence{1});
}

TEST_F(EngineTest, AStoppedEngineRefusesAndSaysSo) {
  PublishAll();
  engine_->Stop();
  EXPECT_EQ(ReasonOf(Ask(Submit("wang"))), STOPPING);
}

TEST_F(EngineTest, AFullQueueRefusesAsOverloaded) {
  options_.policy.queue_commands_max = 0;
  OpenEngine();
  EXPECT_EQ(ReasonOf(Ask(Publications().front(), kSystemPerson)), OVERLOADED);
}

TEST_F(EngineTest, ManyCallersAtOnceLoseNothing) {
  PublishAll();
  constexpr int kThreads = 4;
  constexpr int kEach = 100;
  std::vector<Command> commands;
  for (int i = 0; i < kThreads * kEach; ++i) {
    commands.push_back(Submit("applicant " + std::to_string(i)));
  }
  std::atomic<int> accepted = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < kEach; ++i) {
          const Answer answer = Ask(commands[static_cast<size_t>(thread * kEach + i)]);
          if (std::holds_alternative<Accepted>(answer)) ++accepted;
        }
      });
    }
  }
  EXPECT_EQ(accepted, kThreads * kEach);
  EXPECT_EQ(engine_->Stats().open_cases, static_cast<uint64_t>(kThreads * kEach));
}

}  // namespace
}  // namespace onewindow
