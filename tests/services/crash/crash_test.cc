// A server that is killed in mid-load loses nothing that it acknowledged and does nothing twice.

#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <thread>

#include "engine/kv/data_directory.h"
#include "tests/bench/desk_client.h"
#include "tests/services/crash/clerks_fixture.h"
#include "tests/support/server_process.h"

namespace onewindow {
namespace {

using ::testing::HasSubstr;

constexpr std::chrono::seconds kStopMax(10);
// A start takes about so long: a kill in this time finds it anywhere in recovery.
constexpr int kStartMicroseconds = 120'000;
// With so little, the store writes table files and compacts them while it is killed.
constexpr char kLittleMemory[] = "memory_mib: 16\n";

class CrashTest : public ClerksTest {
 protected:
  // Everything answered so far is answered as before; then all clerks work until the server, after
  // so many answers, has got the signal and ended.
  void WorkAndSignal(int signal, int answers) {
    const auto server = Start();
    ASSERT_NE(server, nullptr);
    DeskClient client(server->address());
    ASSERT_EQ(RecheckAll(client), "");
    const size_t before = Acknowledgements();
    ASSERT_EQ(WorkUntil(
                  answers, [&] { server->Signal(signal); }, client),
              "");
    const ProcessEnd end = server->Wait();
    ASSERT_EQ(end.signal, signal == SIGKILL ? SIGKILL : 0) << TextOf(log_);
    ASSERT_EQ(end.exit_code, signal == SIGKILL ? -1 : 0) << TextOf(log_);
    ASSERT_GE(Acknowledgements() - before, static_cast<size_t>(answers));
  }

  // Kills a server that is just starting.
  void KillAfter(std::chrono::microseconds time) {
    const ServerProcess starting = ServerProcess::Begin(OnTheData());
    std::this_thread::sleep_for(time);  // It is killed with the object.
  }
};

TEST_F(CrashTest, WhatWasAcknowledgedSurvivesEveryKillAndNothingIsDoneTwice) {
  const uint64_t seed = crash_arguments.seed;
  std::cout << "seed " << seed << std::endl;
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<int> answers(kAcknowledgedMin, kAcknowledgedMax);
  std::uniform_int_distribution<int> start_time(0, kStartMicroseconds);

  for (int cycle = 1; cycle <= crash_arguments.cycles; ++cycle) {
    SCOPED_TRACE("cycle " + std::to_string(cycle) + ", --seed=" + std::to_string(seed));
    Configure(random() % 2 == 0 ? kLittleMemory : "");
    const bool while_starting = random() % 3 == 0;
    if (while_starting) KillAfter(std::chrono::microseconds(start_time(random)));
    // Now and then an orderly end, with its own way of saving things, stands between two kills.
    ASSERT_NO_FATAL_FAILURE(WorkAndSignal(random() % 5 == 0 ? SIGTERM : SIGKILL, answers(random)));
  }
  ExpectAllAccountedFor();
  std::cout << Acknowledgements() << " acknowledged commands, each found once" << std::endl;
}

TEST_F(CrashTest, AServerThatIsToldToStopAnswersWhatWaitsAndEndsInTime) {
  {
    const auto server = Start();
    ASSERT_NE(server, nullptr);
    DeskClient client(server->address());
    ASSERT_EQ(WorkUntil(
                  kAcknowledgedMax, [&] { server->Signal(SIGTERM); }, client),
              "");
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
  EXPECT_EQ(WorkUntil(
                kAcknowledgedMin, [&] { server->Signal(SIGKILL); }, client),
            "");
}

TEST_F(CrashTest, DataOfANewerFormatIsRefusedByItsVersion) {
  ASSERT_TRUE(WriteFormat(data_, kDataFormat + 1).ok());
  const ProcessEnd end = RunToEnd(OnTheData());
  EXPECT_GT(end.exit_code, 0);
  EXPECT_THAT(TextOf(log_), HasSubstr(std::to_string(kDataFormat + 1)));
}

}  // namespace
}  // namespace onewindow
