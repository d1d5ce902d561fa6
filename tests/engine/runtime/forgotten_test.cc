// Forgetting on a real disk: what is left of a key in files, in backups, and after a restore.
#include "engine/runtime/forgotten.h"

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>

#include "engine/attachments/file_paths.h"
#include "engine/attachments/file_reader.h"
#include "engine/attachments/file_writer.h"
#include "engine/kv/data_directory.h"
#include "engine/kv/durable_file.h"
#include "engine/kv/rocks_kv.h"
#include "engine/runtime/engine.h"
#include "engine/runtime/full_backup.h"
#include "engine/runtime/verify.h"
#include "engine/tables/schema.h"
#include "tests/engine/runtime/personal_world.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

class ForgottenTest : public PersonalWorld {
 protected:
  ForgottenTest() {
    options_.data_directory = directory_ / "data";
    options_.master_key_file = directory_ / "master.key";
    options_.backup_directory = directory_ / "backups";
    options_.memory_bytes = 32 << 20;
    options_.free_bytes_min = 0;
    options_.policy.casework.retention = std::chrono::days(0);
    OpenEngine();
    for (const Command& command : PersonalPublications()) {
      ExpectAccepted(Ask(command, kSystemPerson));
    }
  }
  ~ForgottenTest() override { engine_.reset(); }

  void OpenEngine() { OpenEngine(system_time_); }
  void OpenEngine(const TimeSource& time) {
    engine_.reset();
    auto opened = Engine::Open(options_, time);
    ASSERT_TRUE(opened.ok()) << opened.fault().message;
    engine_ = std::move(opened).value();
  }
  Answer Ask(Command command, std::string_view person = "li") {
    std::promise<Answer> promise;
    engine_->Submit(person, std::move(command),
                    [&promise](Answer answer) { promise.set_value(std::move(answer)); });
    return promise.get_future().get();
  }
  CaseId ClosedCase() { return Closed(ExpectAccepted(Ask(Submit("wang"))).case_id); }
  CaseId Closed(CaseId id) {
    for (const Command& command : {Accept(id), Claim(id), Decide(id), Deliver(id), Close(id)}) {
      ExpectAccepted(Ask(command));
    }
    return id;
  }
  CaseId ClosedCaseWithFiles() {
    const CaseId id = ExpectAccepted(Ask(Submit("wang"))).case_id;
    for (const char* content : {"identity card", "photograph"}) AttachTo(id, content);
    return Closed(id);
  }
  void AttachTo(CaseId id, const std::string& content) {
    FileWriter writer = std::get<FileWriter>(engine_->BeginFile(id, content.size()));
    ASSERT_TRUE(writer.Add(content).ok());
    const StoredFile file = writer.Finish().value();
    Command command;
    AttachFile& wish = *command.mutable_attach_file();
    *wish.mutable_envelope() = Accept(id).accept_case().envelope();
    wish.set_case_id(id.value);
    wish.mutable_attachment()->mutable_name()->set_text("scan");
    wish.mutable_attachment()->set_media_type("image/png");
    std::promise<Answer> promise;
    engine_->Attach("li", std::move(command), file,
                    [&promise](Answer answer) { promise.set_value(std::move(answer)); });
    const Answer answer = promise.get_future().get();
    ExpectAccepted(answer);
    ASSERT_TRUE(engine_->SettleFile(file, answer).ok());
  }
  // Of all cases: sealed files and marks.
  std::vector<std::string> FilesOfCases() const {
    std::vector<std::string> files;
    const std::string root = AttachmentsPath(options_.data_directory);
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    return files;
  }
  std::string WrappedKey(CaseId case_id) {
    return engine_->store().Get(families::kKeys, CaseKey(case_id)).value().value_or("");
  }
  void BackUp() {
    const BackupSource source{.store = engine_->store(),
                              .data_directory = options_.data_directory,
                              .head = HeadFile::Read(HeadPath(options_.data_directory)).value()};
    ASSERT_TRUE(BackUpData(source, options_.backup_directory, {}).ok());
  }
  void Restore() {
    engine_.reset();
    fs::remove_all(options_.data_directory);
    const Status restored = RestoreData(options_.backup_directory, 1, options_.data_directory);
    ASSERT_TRUE(restored.ok()) << restored.fault().message;
  }
  bool CanBeRead(CaseId case_id) {
    CaseRecord record = engine_->GetCase(case_id).value().value();
    return engine_->Unseal(case_id, record).ok();
  }
  std::vector<std::string> FilesWith(const std::string& bytes) const {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(options_.data_directory)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string content{std::istreambuf_iterator<char>(file), {}};
      if (content.find(bytes) != std::string::npos) files.push_back(entry.path());
    }
    return files;
  }

  SystemTime system_time_;
  EngineOptions options_;
  std::unique_ptr<Engine> engine_;
};

TEST_F(ForgottenTest, NoFileHoldsTheKeyWhenTheAnswerIsGiven) {
  const CaseId id = ClosedCase();
  const std::string wrapped = WrappedKey(id);
  ASSERT_FALSE(FilesWith(wrapped).empty()) << "it was somewhere before";
  ExpectAccepted(Ask(Forget(id)));
  EXPECT_TRUE(FilesWith(wrapped).empty());
  EXPECT_FALSE(CanBeRead(id));
}

TEST_F(ForgottenTest, AKeyThatWasFlushedAndCompactedGoesToo) {
  const CaseId id = ClosedCase();
  const std::string wrapped = WrappedKey(id);
  const CaseId other = ClosedCase();
  // Deleting another key moves this one to the lowest level.
  ExpectAccepted(Ask(Forget(other)));
  ASSERT_FALSE(FilesWith(wrapped).empty());
  ExpectAccepted(Ask(Forget(id)));
  EXPECT_TRUE(FilesWith(wrapped).empty());
}

TEST_F(ForgottenTest, TheListsNameWhoIsForgottenWhenTheAnswerIsGiven) {
  const CaseId id = ClosedCase();
  ExpectAccepted(Ask(Forget(id)));
  const ForgottenCase expected = AsForgotten(engine_->store(), id).value();
  for (const std::string& directory : {options_.data_directory, options_.backup_directory}) {
    EXPECT_EQ(ReadForgotten(directory).value(), ForgottenCases{expected}) << directory;
  }
}

TEST_F(ForgottenTest, TheSameRequestIsAnsweredTheSame) {
  const CaseId id = ClosedCase();
  const Command forget = Forget(id);
  const Accepted first = ExpectAccepted(Ask(forget));
  EXPECT_EQ(ExpectAccepted(Ask(forget)).sequence, first.sequence);
}

TEST_F(ForgottenTest, ARestoreForgetsWhatWasForgottenSince) {
  const CaseId forgotten = ClosedCase();
  const CaseId kept = ClosedCase();
  const std::string wrapped = WrappedKey(forgotten);
  BackUp();
  ExpectAccepted(Ask(Forget(forgotten)));
  Restore();
  const auto before = VerifyData(options_.data_directory, {});
  ASSERT_EQ(before.value().findings.size(), 1u);
  EXPECT_EQ(before.value().findings[0].what, "is still there, though its person was forgotten");

  OpenEngine();
  EXPECT_FALSE(CanBeRead(forgotten));
  EXPECT_TRUE(CanBeRead(kept));
  EXPECT_TRUE(engine_->GetCase(forgotten).value()->has_forgotten_at());
  EXPECT_TRUE(FilesWith(wrapped).empty());
  const std::string pseudonym = engine_->vault().Pseudonym(Applicant::OTHER_DOCUMENT, "wang");
  EXPECT_EQ(engine_->FindByApplicant(pseudonym, {}).value().rows.size(), 1u);
  engine_.reset();
  EXPECT_TRUE(VerifyData(options_.data_directory, {}).value().ok());
}

TEST_F(ForgottenTest, AnOldBackupForgetsAgainWhenTheTimeOfDayIsConfirmed) {
  const CaseId id = ClosedCase();
  BackUp();
  ExpectAccepted(Ask(Forget(id)));
  engine_.reset();
  fs::remove_all(options_.data_directory);
  ASSERT_TRUE(RestoreBackup(options_.backup_directory, 1, options_.data_directory).ok());

  const VirtualTime later(system_time_.Now() + std::chrono::days(40));
  OpenEngine(later);
  EXPECT_FALSE(CanBeRead(id));
  EXPECT_FALSE(engine_->GetCase(id).value()->has_forgotten_at());
  EXPECT_EQ(ReasonOf(Ask(Close(id))), CLOCK_JUMPED);

  engine_->ConfirmClock();
  EXPECT_EQ(ReasonOf(Ask(Close(id))), ALREADY_FORGOTTEN);
  EXPECT_TRUE(engine_->GetCase(id).value()->has_forgotten_at());
  const std::string pseudonym = engine_->vault().Pseudonym(Applicant::OTHER_DOCUMENT, "wang");
  EXPECT_TRUE(engine_->FindByApplicant(pseudonym, {}).value().rows.empty());
  engine_.reset();
  EXPECT_TRUE(VerifyData(options_.data_directory, {}).value().ok());
}

TEST_F(ForgottenTest, RestoredDataIsHeldToTheListBeforeAnybodyOpensIt) {
  const CaseId id = ClosedCase();
  const std::string wrapped = WrappedKey(id);
  BackUp();
  ExpectAccepted(Ask(Forget(id)));
  Restore();
  ASSERT_TRUE(ForgetInRestored(options_.data_directory).ok());
  EXPECT_TRUE(FilesWith(wrapped).empty());
  EXPECT_TRUE(VerifyData(options_.data_directory, {}).value().ok());
}

TEST_F(ForgottenTest, NoFileOfTheCaseIsLeftWhenTheAnswerIsGiven) {
  const CaseId id = ClosedCaseWithFiles();
  ASSERT_EQ(FilesOfCases().size(), 2u);
  ExpectAccepted(Ask(Forget(id)));
  EXPECT_TRUE(FilesOfCases().empty());
  engine_.reset();
  EXPECT_TRUE(VerifyData(options_.data_directory, {}).value().ok());
}

TEST_F(ForgottenTest, ARestoreBringsBackNoFilesOfWhomIsForgotten) {
  const CaseId id = ClosedCaseWithFiles();
  const CaseId kept = ClosedCaseWithFiles();
  BackUp();
  ExpectAccepted(Ask(Forget(id)));
  Restore();
  OpenEngine();
  EXPECT_EQ(FilesOfCases().size(), 2u);
  const std::string of_kept = engine_->GetCase(kept).value()->attachments(0).id();
  EXPECT_TRUE(engine_->ReadFile(kept, of_kept).ok());
  engine_.reset();
  EXPECT_TRUE(VerifyData(options_.data_directory, {}).value().ok());
}

TEST_F(ForgottenTest, RestoredFilesGoBeforeAnybodyOpensTheData) {
  const CaseId id = ClosedCaseWithFiles();
  BackUp();
  ExpectAccepted(Ask(Forget(id)));
  Restore();
  ASSERT_TRUE(ForgetInRestored(options_.data_directory).ok());
  EXPECT_TRUE(FilesOfCases().empty());
  EXPECT_TRUE(VerifyData(options_.data_directory, {}).value().ok());
}

// As if the process had ended when the log had the forgetting, and nothing else was done.
TEST_F(ForgottenTest, WhatACrashLeftOfAForgottenCaseGoesAtTheNextStart) {
  const CaseId id = ClosedCaseWithFiles();
  const std::string file = FilesOfCases().front();
  const std::string bytes = ReadWhole(file).value();
  ExpectAccepted(Ask(Forget(id)));
  engine_.reset();
  ASSERT_TRUE(WriteDurably(file, bytes).ok());
  const auto report = VerifyData(options_.data_directory, {});
  ASSERT_EQ(report.value().findings.size(), 1u);
  EXPECT_EQ(report.value().findings[0].what, "is still there, though its person was forgotten");
  fs::remove(ForgottenPath(options_.data_directory));
  OpenEngine();
  EXPECT_TRUE(FilesOfCases().empty());
}

// The database of the backup has the forgetting, but its files had not gone yet.
TEST_F(ForgottenTest, FilesOfWhomTheBackupKnowsToBeForgottenGoAtTheNextStart) {
  const CaseId id = ClosedCaseWithFiles();
  const std::string file = FilesOfCases().front();
  const std::string bytes = ReadWhole(file).value();
  ExpectAccepted(Ask(Forget(id)));
  ASSERT_TRUE(WriteDurably(file, bytes).ok());
  BackUp();
  Restore();
  OpenEngine();
  EXPECT_TRUE(FilesOfCases().empty());
}

TEST_F(ForgottenTest, AnotherCaseOfTheSameIdIsLeftAlone) {
  const CaseId id = ClosedCase();
  ForgottenCase other = AsForgotten(engine_->store(), id).value();
  other.hash.front() = other.hash.front() == '0' ? '1' : '0';
  ASSERT_TRUE(AddForgotten(options_.backup_directory, {other}).ok());
  OpenEngine();
  EXPECT_TRUE(CanBeRead(id));
}

TEST_F(ForgottenTest, AListThatWasLostIsMadeAgainFromTheLog) {
  const CaseId id = ClosedCase();
  ExpectAccepted(Ask(Forget(id)));
  const ForgottenCases listed = ReadForgotten(options_.backup_directory).value();
  engine_.reset();
  fs::remove(ForgottenPath(options_.backup_directory));
  fs::remove(ForgottenPath(options_.data_directory));
  OpenEngine();
  EXPECT_EQ(ReadForgotten(options_.backup_directory).value(), listed);
  EXPECT_EQ(ReadForgotten(options_.data_directory).value(), listed);
}

// As when the disk of the backups is not there.
TEST_F(ForgottenTest, AListThatCannotBeWrittenBesideTheBackupsKeepsNobodyFromStarting) {
  const CaseId id = ClosedCase();
  ExpectAccepted(Ask(Forget(id)));
  options_.backup_directory = directory_ / "unplugged";
  fs::create_directory_symlink(directory_ / "nothing", options_.backup_directory);
  ASSERT_FALSE(AddForgotten(options_.backup_directory, {}).ok());
  OpenEngine();
  EXPECT_TRUE(engine_->GetCase(id).value()->has_forgotten_at());
}

TEST_F(ForgottenTest, ADamagedListIsRefusedByName) {
  const std::string path = ForgottenPath(options_.data_directory);
  for (const char* text : {"12", "12\n", "x y\n", "12 00ff\n", "12 00ff"}) {
    ASSERT_TRUE(WriteDurably(path, text).ok());
    const auto read = ReadForgotten(options_.data_directory);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.fault().kind, FaultKind::kCorrupt);
    EXPECT_NE(read.fault().message.find(path), std::string::npos);
  }
}

}  // namespace
}  // namespace onewindow
