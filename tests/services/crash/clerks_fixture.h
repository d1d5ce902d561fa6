#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/desk_client.h"
#include "tests/services/crash/clerk.h"
#include "tests/support/scratch_directory.h"
#include "tests/support/server_process.h"

namespace onewindow {

inline constexpr int kAcknowledgedMin = 50;  // In each cycle.
inline constexpr int kAcknowledgedMax = 400;

// What the tests of this folder take from their command line or their environment:
// --cycles=N or ONEWINDOW_CRASH_CYCLES, and --seed=N.
struct CrashArguments {
  int cycles = 20;
  uint64_t seed = 0;
};
extern CrashArguments crash_arguments;

// A desk county on disk, clerks that work at it through real servers, one after the other, and the
// reckoning: nothing that was acknowledged is lost, and nothing was done twice.
class ClerksTest : public ::testing::Test {
 protected:
  void SetUp() override;

  // The server on the data, with the configuration file; a prefix such as of FailingDisk goes
  // before it.
  ServerProcess::Options OnTheData(const std::vector<std::string>& prefix = {}) const;
  // Nothing, and a failure of the test, where it does not start.
  std::unique_ptr<ServerProcess> Start(const std::vector<std::string>& prefix = {});
  // Lines for the configuration of servers that are started later.
  void Configure(const std::string& yaml);

  // All clerks at once; what was wrong with one of them.
  std::string EachClerk(const std::function<std::string(Clerk&)>& task);
  // All clerks work until the server is gone; after so many answers `then` makes it go, which must
  // not take long.
  std::string WorkUntil(int answers, const std::function<void()>& then, DeskClient& client);
  std::string RecheckAll(DeskClient& client);
  size_t Acknowledgements() const;

  // A last server without any fault must answer for everything, and end when told to; then the log
  // must hold each acknowledged command once, and verify must find nothing.
  void ExpectAllAccountedFor();
  void ExpectEachOnceInTheLog() const;
  void ExpectVerified() const;

  ScratchDirectory scratch_;
  const std::string data_ = scratch_ / "data";
  const std::string log_ = scratch_ / "onewindowd.log";
  std::vector<Clerk> clerks_;

 private:
  // Where each request id stands in the log that the server left behind.
  std::map<std::string, std::vector<uint64_t>> PlacesInLog() const;

  const std::string configuration_ = scratch_ / "onewindowd.yaml";
};

}  // namespace onewindow
