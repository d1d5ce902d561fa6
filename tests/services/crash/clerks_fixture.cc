#include "tests/services/crash/clerks_fixture.h"

#include <gmock/gmock.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include "engine/runtime/engine.h"
#include "engine/runtime/verify.h"
#include "tests/bench/desk_county.h"

namespace onewindow {
namespace {

using ::testing::ElementsAre;

constexpr size_t kClerks = 12;
// A server that should be gone may answer so long.
constexpr std::chrono::seconds kGoneMax(10);

std::string ServerProgram() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "onewindowd";
}

}  // namespace

CrashArguments crash_arguments;

void ClerksTest::SetUp() {
  const Status made = MakeDeskCounty(data_);
  ASSERT_TRUE(made.ok()) << made.fault().message;
  Configure("");
  for (size_t i = 0; i < kClerks; ++i) clerks_.emplace_back("clerk" + std::to_string(i));
}

void ClerksTest::Configure(const std::string& yaml) {
  std::ofstream(configuration_) << "listen: \"127.0.0.1:0\"\n" << yaml;
}

ServerProcess::Options ClerksTest::OnTheData(const std::vector<std::string>& prefix) const {
  std::vector<std::string> command = prefix;
  for (const std::string& word :
       {ServerProgram(), std::string("--config"), configuration_, std::string("--data"), data_}) {
    command.push_back(word);
  }
  return {.command = std::move(command), .log = log_};
}

std::unique_ptr<ServerProcess> ClerksTest::Start(const std::vector<std::string>& prefix) {
  auto server = ServerProcess::Start(OnTheData(prefix));
  EXPECT_TRUE(server.ok()) << server.fault().message;
  return server.ok() ? std::make_unique<ServerProcess>(std::move(server).value()) : nullptr;
}

std::string ClerksTest::EachClerk(const std::function<std::string(Clerk&)>& task) {
  std::vector<std::string> wrong(clerks_.size());
  {
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < clerks_.size(); ++i) {
      threads.emplace_back([&, i] { wrong[i] = task(clerks_[i]); });
    }
  }
  for (const std::string& one : wrong) {
    if (!one.empty()) return one + "\nThe server's log:\n" + TextOf(log_);
  }
  return {};
}

std::string ClerksTest::WorkUntil(int answers, const std::function<void()>& then,
                                  DeskClient& client) {
  std::atomic<int> answered = 0;
  std::atomic<bool> told = false;
  std::atomic<bool> still_there = false;
  std::chrono::steady_clock::time_point end;  // Set before `told`.
  const auto count = [&] {
    if (answered.fetch_add(1) + 1 == answers) {
      end = std::chrono::steady_clock::now() + kGoneMax;
      told = true;
      then();
    }
    if (told && std::chrono::steady_clock::now() > end) still_there = true;
    return !still_there;
  };
  const auto may_end = [&](const grpc::Status& status) { return told && SaysGone(status); };
  std::string wrong = EachClerk([&](Clerk& clerk) { return clerk.Work(client, count, may_end); });
  if (wrong.empty() && still_there) wrong = "the server still answers, and should be gone";
  return wrong;
}

std::string ClerksTest::RecheckAll(DeskClient& client) {
  return EachClerk([&](Clerk& clerk) { return clerk.Recheck(client); });
}

size_t ClerksTest::Acknowledgements() const {
  size_t sum = 0;
  for (const Clerk& clerk : clerks_) sum += clerk.acknowledged().size();
  return sum;
}

void ClerksTest::ExpectAllAccountedFor() {
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
}

std::map<std::string, std::vector<uint64_t>> ClerksTest::PlacesInLog() const {
  std::map<std::string, std::vector<uint64_t>> places;
  const SystemTime time;
  EngineOptions options;
  options.data_directory = data_;
  options.free_bytes_min = 0;
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

void ClerksTest::ExpectEachOnceInTheLog() const {
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

void ClerksTest::ExpectVerified() const {
  const auto report = VerifyData(data_, [](const VerifyProgress&) {});
  ASSERT_TRUE(report.ok()) << report.fault().message;
  for (const VerifyFinding& finding : report.value().findings) {
    ADD_FAILURE() << finding.where << ": " << finding.what;
  }
  EXPECT_GE(report.value().commands, Acknowledgements());
}

}  // namespace onewindow
