#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <filesystem>
#include <sstream>

#include "engine/kv/data_directory.h"
#include "engine/kv/durable_file.h"
#include "engine/kv/head_file.h"
#include "engine/kv/rocks_kv.h"
#include "engine/runtime/chain.h"
#include "engine/tables/schema.h"
#include "services/onewindow/command_line.h"

namespace onewindow {
namespace {

using testing::HasSubstr;

// A data directory with a log of commands that say nothing, and what the commands say of it.
class RecoveryCommandsTest : public testing::Test {
 protected:
  RecoveryCommandsTest()
      : root_(std::filesystem::temp_directory_path() /
              ("data-commands-" + std::to_string(getpid()))) {
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_);
  }
  ~RecoveryCommandsTest() override { std::filesystem::remove_all(root_); }

  std::string data() const { return root_ / "data"; }
  std::string backups() const { return root_ / "backups"; }

  std::unique_ptr<RocksKv> OpenData() const {
    return RocksKv::Open({.directory = data(), .families = AllFamilies(), .free_bytes_min = 0})
        .value();
  }

  // Appends commands, each a run of its own, and moves the HEAD behind the last.
  void Append(int commands) {
    auto store = OpenData();
    for (int i = 0; i < commands; ++i) {
      LogRunWriter run;
      std::string body = "body " + std::to_string(end_.sequence.value + 1);
      std::copy(body.begin(), body.end(), run.Open(body.size()));
      end_ = hasher_.Extend(end_, run.body());
      run.Close(end_);
      Batch batch;
      batch.Put(families::kLog, LogKey(end_.sequence), run.bytes());
      ASSERT_TRUE(store->Commit(batch, Durability::kSynced).ok());
    }
    WriteHead(end_.sequence);
  }

  void WriteHead(Sequence sequence) {
    ASSERT_TRUE(HeadFile::Create(HeadPath(data()), {sequence, end_.hash}).ok());
  }

  void Remove(uint64_t sequence) {
    Batch batch;
    batch.Delete(families::kLog, LogKey(Sequence{sequence}));
    ASSERT_TRUE(OpenData()->Commit(batch, Durability::kSynced).ok());
  }

  ExitCode Onewindow(const std::vector<std::string>& arguments) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Terminal terminal{.in = in, .out = out, .err = err, .audience = Audience::kProgram};
    ExitCode code = RunCommandLine(arguments, terminal);
    out_ = out.str();
    err_ = err.str();
    return code;
  }

  std::filesystem::path root_;
  ChainHasher hasher_;
  ChainEnd end_;
  std::string out_;
  std::string err_;
};

TEST_F(RecoveryCommandsTest, AWholeLogIsWhole) {
  Append(5);
  EXPECT_EQ(Onewindow({"recover", "--data", data()}), ExitCode::kOk) << out_ << err_;
  EXPECT_THAT(out_, HasSubstr("whole from command 1 to 5\n"));
}

TEST_F(RecoveryCommandsTest, AGapIsNamedWithWhatStandsBehindIt) {
  Append(5);
  Remove(3);
  EXPECT_EQ(Onewindow({"recover", "--data", data()}), ExitCode::kCheckFailed);
  EXPECT_THAT(out_, HasSubstr("whole from command 1 to 2\n"));
  EXPECT_THAT(out_, HasSubstr("restore"));
}

TEST_F(RecoveryCommandsTest, ALogThatEndsBeforeItsHeadIsMissingCommands) {
  Append(5);
  Remove(5);
  EXPECT_EQ(Onewindow({"recover", "--data", data()}), ExitCode::kCheckFailed);
  EXPECT_THAT(out_, HasSubstr("the log reached command 5\n"));
  EXPECT_THAT(out_, HasSubstr("whole from command 1 to 4\n"));
}

TEST_F(RecoveryCommandsTest, WithoutDataThereIsNothingToRecover) {
  EXPECT_NE(Onewindow({"recover", "--data", data()}), ExitCode::kOk);
  EXPECT_THAT(err_, HasSubstr("data"));
}

TEST_F(RecoveryCommandsTest, BackupsAreMadeListedVerifiedAndRestored) {
  Append(5);
  EXPECT_EQ(Onewindow({"backup", "create", "--data", data(), "--to", backups()}), ExitCode::kOk)
      << err_;
  EXPECT_THAT(out_, HasSubstr("log until command 5\n"));
  EXPECT_EQ(Onewindow({"backup", "list", backups()}), ExitCode::kOk) << err_;
  EXPECT_THAT(out_, HasSubstr("LOG UNTIL\n1   "));
  EXPECT_EQ(Onewindow({"backup", "verify", backups()}), ExitCode::kOk) << err_;
  EXPECT_EQ(out_, "backup 1: whole\n");
  std::string restored = root_ / "restored";
  EXPECT_EQ(Onewindow({"backup", "restore", backups(), "--id", "1", "--data", restored}),
            ExitCode::kOk)
      << err_;
  EXPECT_EQ(Onewindow({"recover", "--data", restored}), ExitCode::kOk) << out_ << err_;
  EXPECT_THAT(out_, HasSubstr("whole from command 1 to 5\n"));
  EXPECT_EQ(Onewindow({"backup", "restore", backups(), "--id", "1", "--data", restored}),
            ExitCode::kUsage);
  EXPECT_EQ(Onewindow({"backup", "verify", backups(), "--id", "9"}), ExitCode::kUsage);
}

TEST_F(RecoveryCommandsTest, OldBackupsArePurged) {
  for (int i = 0; i < 3; ++i) {
    Append(1);
    ASSERT_EQ(Onewindow({"backup", "create", "--data", data(), "--to", backups()}), ExitCode::kOk)
        << err_;
  }
  EXPECT_EQ(Onewindow({"backup", "purge", backups(), "--keep", "2"}), ExitCode::kOk) << err_;
  EXPECT_THAT(out_, HasSubstr("LOG UNTIL\n2   "));
  EXPECT_EQ(Onewindow({"backup", "verify", backups()}), ExitCode::kOk) << err_;
  EXPECT_EQ(out_, "backup 2: whole\nbackup 3: whole\n");
  EXPECT_EQ(Onewindow({"backup", "purge", backups()}), ExitCode::kUsage);
  EXPECT_EQ(Onewindow({"backup", "purge", backups(), "--keep", "0"}), ExitCode::kUsage);
  EXPECT_EQ(Onewindow({"backup", "purge", root_ / "elsewhere", "--keep", "1"}), ExitCode::kUsage);
  EXPECT_FALSE(std::filesystem::exists(root_ / "elsewhere"));
  EXPECT_EQ(Onewindow({"backup", "purge", data(), "--keep", "1"}), ExitCode::kUsage);
  EXPECT_FALSE(std::filesystem::exists(root_ / "data/meta"));
}

TEST_F(RecoveryCommandsTest, NobodyChangesBackupsThatAnotherProcessChanges) {
  Append(1);
  std::filesystem::create_directories(backups());
  const Descriptor other(::open(backups().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  ASSERT_EQ(::flock(other.number(), LOCK_EX), 0);
  EXPECT_EQ(Onewindow({"backup", "create", "--data", data(), "--to", backups()}),
            ExitCode::kUnavailable);
  EXPECT_EQ(Onewindow({"backup", "purge", backups(), "--keep", "1"}), ExitCode::kUnavailable);
  EXPECT_TRUE(std::filesystem::is_empty(backups()));
}

TEST_F(RecoveryCommandsTest, DataThatAServerHoldsIsRefusedAndSaysWhatToDo) {
  Append(1);
  auto held = OpenData();
  EXPECT_EQ(Onewindow({"backup", "create", "--data", data(), "--to", backups()}),
            ExitCode::kUnavailable);
  EXPECT_THAT(err_, HasSubstr("--server"));
}

TEST_F(RecoveryCommandsTest, VerifyReportsWhatTheLogDoesNotMake) {
  Append(3);  // Their bodies are no commands.
  EXPECT_NE(Onewindow({"verify", "--data", data()}), ExitCode::kOk);
}

}  // namespace
}  // namespace onewindow
