// A server that is killed in mid-load loses nothing that it acknowledged and does nothing twice.
// crash_test [--cycles=N] [--seed=N], besides what GoogleTest takes.

#include <gmock/gmock.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "engine/kv/data_directory.h"
#include "engine/runtime/engine.h"
#include "engine/runtime/verify.h"
#include "tests/bench/desk_client.h"
#include "tests/bench/desk_county.h"
#include "tests/services/crash/clerk.h"
#include "tests/support/scratch_directory.h"
#include "tests/support/server_process.h"

namespace onewindow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr size_t kClerks = 12;
constexpr int kAcknowledgedMin = 50;  // In each cycle.
constexpr int kAcknowledgedMax = 400;
constexpr std::chrono::seconds kStopMax(10);

struct Arguments {
  int cycles = 20;
  uint64_t seed = std::random_device()();
};
Arguments arguments;

std::string ServerProgram() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "onewindowd";
}

class CrashTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const Status made = MakeDeskCounty(data_);
    ASSERT_TRUE(made.ok()) << made.fault().message;
    for (size_t i = 0; i < kClerks; ++i) clerks_.emplace_back("clerk" + std::to_string(i));
  }

  ServerProcess::Options OnTheData() const {
    return {.command = {ServerProgram(), "--data", data_, "--listen", "127.0.0.1:0"}, .log = log_};
  }

  std::unique_ptr<ServerProcess> Start() {
    auto server = ServerProcess::Start(OnTheData());
    EXPECT_TRUE(server.ok()) << server.fault().message;
    return server.ok() ? std::make_unique<ServerProcess>(std::move(server).value()) : nullptr;
  }

  // All clerks at once; what was wrong with one of them.
  std::string EachClerk(const std::function<std::string(Clerk&)>& task) {
    std::vector<std::string> wrong(kClerks);
    {
      std::vector<std::jthread> threads;
      for (size_t i = 0; i < kClerks; ++i) {
        threads.emplace_back([&, i] { wrong[i] = task(clerks_[i]); });
      }
    }
    for (const std::string& one : wrong) {
      if (!one.empty()) return one + "\nThe server's log:\n" + TextOf(log_);
    }
    return {};
  }

  // All clerks work; after so many answers the server gets the signal.
  std::string WorkUntil(int signal, int answers, const ServerProcess& server, DeskClient& client) {
    std::atomic<int> answered = 0;
    std::atomic<bool> told = false;
    const auto count = [&] {
      if (answered.fetch_add(1) + 1 != answers) return;
      told = true;
      server.Signal(signal);
    };
    return EachClerk(
        [&](Clerk& clerk) { return clerk.Work(client, count, [&] { return told.load(); }); });
  }

  std::string RecheckAll(DeskClient& client) {
    return EachClerk([&](Clerk& clerk) { return clerk.Recheck(client); });
  }

  size_t Acknowledgements() const {
    size_t sum = 0;
    for (const Clerk& clerk : clerks_) sum += clerk.acknowledged().size();
    return sum;
  }

  // Where each request id stands in the log that the server left behind.
  std::map<std::string, std::vector<uint64_t>> PlacesInLog() const {
    std::map<std::string, std::vector<uint64_t>> places;
    const SystemTime time;
    EngineOptions options;
    options.data_directory = data_;
    auto engine = Engine::Open(options, time);
    EXPECT_TRUE(engine.ok()) << engine.fault().message;
    if (!engine.ok()) return places;
    const LogReader log = engine.value()->log();
    for (Sequence position;;) {
      const auto stretch = log.ReadAfter(position, 1000);
      EXPECT_TRUE(stretch.ok()) << stretch.fault().message;
      if (!stretch.ok() || stretch.value().commands.empty()) return places;
      for (const LoggedCommand& command : stretch.value().commands) {
        if (!command.request_id().empty()) {
          places[command.request_id()].push_back(command.sequence());
        }
        position = Sequence{command.sequence()};
      }
    }
  }

  void ExpectEachOnceInTheLog() const {
    const auto places = PlacesInLog();
    EXPECT_EQ(places.size(), Acknowledgements());
    for (const Clerk& clerk : clerks_) {
      for (const Acknowledged& done : clerk.acknowledged()) {
        const auto found = places.find(clerk.RequestId(done));
        ASSERT_NE(found, places.end()) << clerk.RequestId(done);
        ASSERT_THAT(found->second, ElementsAre(done.outcome.sequence())) << clerk.RequestId(done);
      }
    }
  }

  void ExpectVerified() const {
    const auto report = VerifyData(data_, [](const VerifyProgress&) {});
    ASSERT_TRUE(report.ok()) << report.fault().message;
    for (const VerifyFinding& finding : report.value().findings) {
      ADD_FAILURE() << finding.where << ": " << finding.what;
    }
    EXPECT_GE(report.value().commands, Acknowledgements());
  }

  ScratchDirectory scratch_;
  const std::string data_ = scratch_ / "data";
  const std::string log_ = scratch_ / "onewindowd.log";
  std::vector<Clerk> clerks_;
};

TEST_F(CrashTest, WhatWasAcknowledgedSurvivesEveryKillAndNothingIsDoneTwice) {
  std::cout << "seed " << arguments.seed << std::endl;
  std::mt19937_64 random(arguments.seed);
  std::uniform_int_distribution<int> answers(kAcknowledgedMin, kAcknowledgedMax);

  for (int cycle = 1; cycle <= arguments.cycles; ++cycle) {
    SCOPED_TRACE("cycle " + std::to_string(cycle) + ", --seed=" + std::to_string(arguments.seed));
    const auto server = Start();
    ASSERT_NE(server, nullptr);
    DeskClient client(server->address());
    ASSERT_EQ(RecheckAll(client), "");
    const size_t before = Acknowledgements();
    ASSERT_EQ(WorkUntil(SIGKILL, answers(random), *server, client), "");
    ASSERT_EQ(server->Wait().signal, SIGKILL);
    ASSERT_GE(Acknowledgements() - before, static_cast<size_t>(kAcknowledgedMin));
  }

  {
    const auto server = Start();
    ASSERT_NE(server, nullptr);
    DeskClient client(server->address());
    ASSERT_EQ(RecheckAll(client), "");
    ASSERT_EQ(EachClerk([&](Clerk& clerk) { return clerk.LookAtCases(client); }), "");
    server->Signal(SIGTERM);
    ASSERT_EQ(server->Wait().exit_code, 0) << TextOf(log_);
  }

  ExpectEachOnceInTheLog();
  ExpectVerified();
  std::cout << Acknowledgements() << " acknowledged commands, each found once" << std::endl;
}

TEST_F(CrashTest, AServerThatIsToldToStopAnswersWhatWaitsAndEndsInTime) {
  {
    const auto server = Start();
    ASSERT_NE(server, nullptr);
    DeskClient client(server->address());
    ASSERT_EQ(WorkUntil(SIGTERM, kAcknowledgedMax, *server, client), "");
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(server->Wait().exit_code, 0) << TextOf(log_);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, kStopMax);
  }
  const auto server = Start();
  ASSERT_NE(server, nullptr);
  DeskClient client(server->address());
  EXPECT_EQ(RecheckAll(client), "");
}

TEST_F(CrashTest, ASecondServerOnTheSameDataSaysSoAndEnds) {
  const auto server = Start();
  ASSERT_NE(server, nullptr);
  const std::string second_log = scratch_ / "second.log";
  auto second = OnTheData();
  second.log = second_log;
  const ProcessEnd end = RunToEnd(second);
  EXPECT_GT(end.exit_code, 0);
  EXPECT_THAT(TextOf(second_log), HasSubstr("Another process holds"));

  // The first one is none the worse.
  DeskClient client(server->address());
  EXPECT_EQ(WorkUntil(SIGKILL, kAcknowledgedMin, *server, client), "");
}

TEST_F(CrashTest, DataOfANewerFormatIsRefusedByItsVersion) {
  ASSERT_TRUE(WriteFormat(data_, kDataFormat + 1).ok());
  const ProcessEnd end = RunToEnd(OnTheData());
  EXPECT_GT(end.exit_code, 0);
  EXPECT_THAT(TextOf(log_), HasSubstr(std::to_string(kDataFormat + 1)));
}

}  // namespace

// Takes "--name=value" for the two arguments of this test.
void TakeArguments(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const char* value = argv[i] + argument.find('=') + 1;
    if (argument.starts_with("--cycles=")) arguments.cycles = std::atoi(value);
    if (argument.starts_with("--seed=")) arguments.seed = std::strtoull(value, nullptr, 10);
  }
}

}  // namespace onewindow

int main(int argc, char** argv) {
  ::testing::InitGoogleMock(&argc, argv);
  onewindow::TakeArguments(argc, argv);
  return RUN_ALL_TESTS();
}
