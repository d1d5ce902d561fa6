// A server whose disk fails says no to everything from then on, ends at once, and has lost nothing
// of what it acknowledged.

#include "tests/support/disk_fault.h"

#include <gmock/gmock.h>
#include <signal.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/desk_client.h"
#include "tests/services/crash/clerks_fixture.h"
#include "tests/support/server_process.h"

namespace onewindow {
namespace {

using ::testing::HasSubstr;

using Call = DiskFault::Call;
using Lasting = DiskFault::Lasting;

// From the first "no" to the end of the process; a loaded machine takes most of it.
constexpr std::chrono::seconds kEndMax(5);
constexpr int kFailed = 1;  // The server's exit code.
// Has every call of a start fail, not only some.
constexpr int kCyclesOfTheLongForm = 100;

class DiskFaultTest : public ClerksTest {
 protected:
  std::vector<std::string> Preloaded(const DiskFault& fault) const {
    const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    return {"/usr/bin/env", "LD_PRELOAD=" + (here / "failing_disk.so").string(),
            kDiskFaultVariable + ("=" + fault.ToText())};
  }

  // The fault with a switch of its own, still off.
  DiskFault Armed(DiskFault fault) {
    fault.switch_file = scratch_ / ("switch" + std::to_string(++switches_));
    if (fault.path_part.empty()) fault.path_part = data_ + "/";
    return fault;
  }
  static void SwitchOn(const DiskFault& fault) { std::ofstream(fault.switch_file) << "on"; }
  static bool Struck(const DiskFault& fault) { return std::filesystem::exists(fault.StruckFile()); }

  // All clerks work; after some answers the disk begins to fail, and the server must end by itself.
  void WorkUntilTheDiskFails(const DiskFault& armed, int answers) {
    const auto server = Start(Preloaded(armed));
    ASSERT_NE(server, nullptr);
    DeskClient client(server->address());
    ASSERT_EQ(RecheckAll(client), "");
    ASSERT_EQ(WorkUntil(
                  answers, [&] { SwitchOn(armed); }, client),
              "");
    const auto refused = std::chrono::steady_clock::now();
    const ProcessEnd end = server->Wait();
    EXPECT_EQ(end.exit_code, kFailed) << "signal " << end.signal << '\n' << TextOf(log_);
    EXPECT_LT(std::chrono::steady_clock::now() - refused, kEndMax);
    EXPECT_TRUE(Struck(armed));
  }

  // What the next start finds was not written to table files yet: it has most to do then.
  void LeaveAllInTheLog() {
    const auto server = Start();
    ASSERT_NE(server, nullptr);
    DeskClient client(server->address());
    ASSERT_EQ(RecheckAll(client), "");
    ASSERT_EQ(WorkUntil(
                  1, [&] { server->Signal(SIGKILL); }, client),
              "");
    server->Wait();
  }

  // Kills the server again if it starts.
  Status StartAndEnd(const DiskFault& armed) const {
    const auto server = ServerProcess::Start(OnTheData(Preloaded(armed)));
    return server.ok() ? Status() : Status(server.fault());
  }

  int switches_ = 0;
};

TEST_F(DiskFaultTest, AFailedCallEndsTheServerAndNothingAcknowledgedIsLost) {
  constexpr std::array kErrors = {EIO, ENOSPC};
  const uint64_t seed = crash_arguments.seed;
  std::cout << "seed " << seed << std::endl;
  std::mt19937_64 random(seed);
  for (int cycle = 0; cycle < crash_arguments.cycles / 2; ++cycle) {
    const DiskFault armed =
        Armed({.call = random() % 2 == 0 ? Call::kWrite : Call::kSync,
               .error = kErrors[random() % kErrors.size()],
               .nth = 1 + random() % 50,
               .lasting = random() % 2 == 0 ? Lasting::kOnce : Lasting::kForGood});
    SCOPED_TRACE("cycle " + std::to_string(cycle) + ", --seed=" + std::to_string(seed) + ": " +
                 armed.ToText());
    ASSERT_NO_FATAL_FAILURE(
        WorkUntilTheDiskFails(armed, static_cast<int>(random() % kAcknowledgedMax) + 1));
    ASSERT_FALSE(HasFailure());
  }
  ExpectAllAccountedFor();
}

// HEAD is synced by a thread of its own, each second.
TEST_F(DiskFaultTest, ASyncOfHeadThatFailsOnceEndsTheServerToo) {
  const DiskFault armed =
      Armed({.call = Call::kSync, .lasting = Lasting::kOnce, .path_part = "/HEAD"});
  WorkUntilTheDiskFails(armed, 1);
  ExpectAllAccountedFor();
}

// The command is on disk then, so that it must not be refused as if it had not been done.
TEST_F(DiskFaultTest, AHeadThatCannotBeWrittenIsAFailureAndNoRefusal) {
  for (const int error : {EIO, ENOSPC}) {
    const DiskFault armed = Armed(
        {.call = Call::kWrite, .error = error, .lasting = Lasting::kOnce, .path_part = "/HEAD"});
    SCOPED_TRACE(armed.ToText());
    WorkUntilTheDiskFails(armed, 1);
  }
  ExpectAllAccountedFor();
}

// Table files are written and synced behind the commits.
TEST_F(DiskFaultTest, AFailureBehindTheCommitsEndsTheServer) {
  Configure("memory_mib: 16\n");
  for (const Call call : {Call::kWrite, Call::kSync}) {
    const DiskFault armed = Armed({.call = call, .lasting = Lasting::kOnce, .path_part = ".sst"});
    SCOPED_TRACE(armed.ToText());
    WorkUntilTheDiskFails(armed, 1);
  }
  ExpectAllAccountedFor();
}

// Recovery, too, writes: one of its calls fails once. A run of the short form takes some of them.
TEST_F(DiskFaultTest, AFailureAtAnyCallOfAStartLeavesTheDataWhole) {
  const uint64_t seed = crash_arguments.seed;
  std::mt19937_64 random(seed);
  const uint64_t stride_max = crash_arguments.cycles < kCyclesOfTheLongForm ? 20 : 1;
  size_t refused = 0;
  for (const Call call : {Call::kWrite, Call::kSync}) {
    ASSERT_NO_FATAL_FAILURE(LeaveAllInTheLog());
    for (uint64_t nth = 1;; nth += 1 + random() % stride_max) {
      const DiskFault armed = Armed({.call = call, .nth = nth, .lasting = Lasting::kOnce});
      SCOPED_TRACE(armed.ToText() + " --seed=" + std::to_string(seed));
      SwitchOn(armed);
      const Status started = StartAndEnd(armed);
      if (!Struck(armed)) break;
      if (started.ok()) {
        // What is not needed for a start may fail in it. The next one has to work.
        ASSERT_NO_FATAL_FAILURE(LeaveAllInTheLog());
        continue;
      }
      ++refused;
      ASSERT_THAT(started.fault().message, HasSubstr("ended with code 1"));
      ASSERT_THAT(started.fault().message, HasSubstr("cannot start"));
    }
  }
  EXPECT_GT(refused, 0u);
  std::cout << refused << " starts were refused" << std::endl;
  ExpectAllAccountedFor();
}

}  // namespace
}  // namespace onewindow
