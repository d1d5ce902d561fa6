// Forgetting on a real disk: what is left of a key in files, in backups, and after a restore.
#include "engine/runtime/forgotten.h"

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>

#include "engine/kv/backup.h"
#include "engine/kv/data_directory.h"
#include "engine/kv/durable_file.h"
#include "engine/kv/rocks_kv.h"
#include "engine/runtime/engine.h"
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

  void OpenEngine() {
    engine_.reset();
    auto opened = Engine::Open(options_, system_time_);
    ASSERT_TRUE(opened.ok()) << opened.fault().message;
    engine_ = std::move(opened).value();
  }
  Answer Ask(Command command, std::string_view person = "li") {
    std::promise<Answer> promise;
    engine_->Submit(person, std::move(command),
                    [&promise](Answer answer) { promise.set_value(std::move(answer)); });
    return promise.get_future().get();
  }
  CaseId ClosedCase() {
    const CaseId id = ExpectAccepted(Ask(Submit("wang"))).case_id;
    for (const Command& command : {Accept(id), Claim(id), Decide(id), Deliver(id), Close(id)}) {
      ExpectAccepted(Ask(command));
    }
    return id;
  }
  std::string WrappedKey(CaseId case_id) {
    return engine_->store().Get(families::kKeys, CaseKey(case_id)).value().value_or("");
  }
  void BackUp() {
    const Head head = HeadFile::Read(HeadPath(options_.data_directory)).value();
    ASSERT_TRUE(CreateBackup(engine_->store(), options_.backup_directory, head, {}).ok());
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
  engine_.reset();
  fs::remove_all(options_.data_directory);

  ASSERT_TRUE(RestoreBackup(options_.backup_directory, 1, options_.data_directory).ok());
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

TEST_F(ForgottenTest, RestoredDataIsHeldToTheListBeforeAnybodyOpensIt) {
  const CaseId id = ClosedCase();
  const std::string wrapped = WrappedKey(id);
  BackUp();
  ExpectAccepted(Ask(Forget(id)));
  engine_.reset();
  fs::remove_all(options_.data_directory);
  ASSERT_TRUE(RestoreBackup(options_.backup_directory, 1, options_.data_directory).ok());
  ASSERT_TRUE(ForgetInRestored(options_.data_directory).ok());
  EXPECT_TRUE(FilesWith(wrapped).empty());
  EXPECT_TRUE(VerifyData(options_.data_directory, {}).value().ok());
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
