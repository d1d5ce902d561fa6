// How many transitions of cases a server makes durable, by unary gRPC, beside an echo server that
// does nothing: the same client, the same messages, both on this machine, in turns.
// Limit: the machine's processors, shared by client and server. An echo costs some 30 µs of them in
// both together, so two processors carry about 60,000/s; a durable transition adds what the engine
// does. The disk is no limit while a batch shares one sync.

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/desk_client.h"
#include "tests/bench/desk_county.h"
#include "tests/bench/desk_load.h"
#include "tests/support/scratch_directory.h"
#include "tests/support/server_process.h"

namespace onewindow {
namespace {

constexpr double kRatioWanted = 0.4;

struct Settings {
  int rounds = 5;
  uint64_t cases = 5'000;
  // So many that the machine has no idle time on either side while a batch is synced.
  size_t callers = 256;
  size_t connections = 4;
  std::string programs;  // The directory of onewindowd and echo_server.
};

double OwnCpuSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double Processors() { return static_cast<double>(std::thread::hardware_concurrency()); }

// One of the two servers, with its connections.
class Side {
 public:
  Side(std::string name, ServerProcess server, const Settings& settings)
      : name_(std::move(name)), server_(std::move(server)), settings_(settings) {
    for (size_t i = 0; i < settings.connections; ++i) {
      clients_.push_back(std::make_unique<DeskClient>(server_.address()));
    }
  }

  // One load. Ends the program where any answer was not as it must be: a run that did not reach its
  // volume says nothing.
  LoadReport Run(const std::string& run, uint64_t cases) {
    const double server_before = server_.CpuSeconds();
    const double client_before = OwnCpuSeconds();
    LoadReport report =
        RunLoad(clients_, {.run = run, .cases = cases, .callers = settings_.callers});
    if (!report.wrong.empty()) {
      std::fprintf(stderr, "%s: %s\n", name_.c_str(), report.wrong.c_str());
      std::exit(1);
    }
    const auto calls = static_cast<double>(report.calls);
    const double server_seconds = server_.CpuSeconds() - server_before;
    const double client_seconds = OwnCpuSeconds() - client_before;
    std::printf(
        "  %-8s%7.0f calls/s  p50 %6.2f ms  p99 %6.2f ms  processor a call: server %5.1f us, "
        "client %5.1f us, %3.0f %% of the machine\n",
        name_.c_str(), report.CallsPerSecond(), report.p50_ms, report.p99_ms,
        1e6 * server_seconds / calls, 1e6 * client_seconds / calls,
        100 * (server_seconds + client_seconds) / report.seconds / Processors());
    return report;
  }

  ServerStatus Status() {
    ServerStatus status;
    if (const grpc::Status got = clients_[0]->GetStatus(status); !got.ok()) {
      std::fprintf(stderr, "%s: %s\n", name_.c_str(), got.error_message().c_str());
      std::exit(1);
    }
    return status;
  }

 private:
  std::string name_;
  ServerProcess server_;
  const Settings& settings_;
  std::vector<std::unique_ptr<DeskClient>> clients_;
};

ServerProcess Started(std::vector<std::string> command, const std::string& log) {
  auto server = ServerProcess::Start({.command = std::move(command), .log = log});
  if (!server.ok()) {
    std::fprintf(stderr, "%s\n", server.fault().message.c_str());
    std::exit(1);
  }
  return std::move(server).value();
}

// As echo_server reads them.
void WriteAnswers(const std::string& path, const std::vector<CommandOutcome>& life) {
  std::ofstream file(path, std::ios::binary);
  for (const CommandOutcome& outcome : life) {
    const std::string bytes = outcome.SerializeAsString();
    file << bytes.size() << '\n' << bytes;
  }
}

void PrintSizes(const std::vector<CommandOutcome>& life) {
  std::printf("bytes a call, in and out:");
  for (size_t i = 0; i < life.size(); ++i) {
    const Command command = DeskCommand("durable-1", 1, kDeskSteps[i], life[i].case_id());
    std::printf("  %s %zu, %zu", NameOf(kDeskSteps[i]), command.ByteSizeLong(),
                life[i].ByteSizeLong());
  }
  std::printf("\n");
}

struct Spread {
  double min;
  double median;
  double max;
};

Spread SpreadOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {.min = values.front(), .median = values[values.size() / 2], .max = values.back()};
}

void PrintRatio(const std::vector<double>& durables, const std::vector<double>& echoes) {
  std::vector<double> ratios;
  for (size_t i = 0; i < durables.size(); ++i) ratios.push_back(durables[i] / echoes[i]);
  const Spread durable = SpreadOf(durables);
  const Spread echo = SpreadOf(echoes);
  const Spread ratio = SpreadOf(ratios);
  std::printf("durable transitions/s: median %.0f (%.0f to %.0f)\n", durable.median, durable.min,
              durable.max);
  std::printf("echoes/s:              median %.0f (%.0f to %.0f)\n", echo.median, echo.min,
              echo.max);
  std::printf("ratio of the medians:  %.2f (by round %.2f to %.2f); wanted: at least %.1f\n",
              durable.median / echo.median, ratio.min, ratio.max, kRatioWanted);
}

int Run(const Settings& settings) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  // On the disk that the programs lie on, because /tmp may be memory.
  const ScratchDirectory scratch(settings.programs);
  const std::string data = scratch / "data";
  if (const auto made = MakeDeskCounty(data); !made.ok()) {
    std::fprintf(stderr, "%s\n", made.fault().message.c_str());
    return 1;
  }
  std::printf("%d rounds of %llu cases by %zu callers on %zu connections\n", settings.rounds,
              static_cast<unsigned long long>(settings.cases), settings.callers,
              settings.connections);
  Side durable(
      "durable",
      Started({settings.programs + "/onewindowd", "--data", data, "--listen", "127.0.0.1:0"},
              scratch / "onewindowd.log"),
      settings);
  const LoadReport warm = durable.Run("warm", std::max<uint64_t>(settings.cases / 5, 1));
  PrintSizes(warm.whole_life);
  WriteAnswers(scratch / "answers", warm.whole_life);
  Side echo(
      "echo",
      Started({settings.programs + "/echo_server", scratch / "answers"}, scratch / "echo.log"),
      settings);
  echo.Run("warm", std::max<uint64_t>(settings.cases / 5, 1));

  std::vector<double> durables;
  std::vector<double> echoes;
  uint64_t logged = durable.Status().sequence();
  for (int round = 1; round <= settings.rounds; ++round) {
    std::printf("round %d\n", round);
    const std::string run = "r" + std::to_string(round);
    const LoadReport report = durable.Run(run, settings.cases);
    durables.push_back(report.CallsPerSecond());
    echoes.push_back(echo.Run(run, settings.cases).CallsPerSecond());
    const uint64_t now_logged = durable.Status().sequence();
    if (now_logged - logged < report.calls) {
      std::fprintf(stderr, "the log grew by less than what was acknowledged\n");
      return 1;
    }
    logged = now_logged;
  }
  PrintRatio(durables, echoes);
  const ServerStatus status = durable.Status();
  std::printf(
      "puts a command: %.2f (deletes included; wanted: at most 3); commands a batch: %.1f\n",
      status.puts_per_command(),
      static_cast<double>(status.commands()) / static_cast<double>(status.batches()));
  return 0;
}

// Reads "--name=value"; gives what there is, or the default.
uint64_t Number(int argc, char** argv, const std::string& name, uint64_t otherwise) {
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument.starts_with(name + "=")) {
      return std::strtoull(argument.c_str() + name.size() + 1, nullptr, 10);
    }
  }
  return otherwise;
}

}  // namespace
}  // namespace onewindow

// transition_bench [--rounds=N] [--cases=N] [--callers=N] [--connections=N]
int main(int argc, char** argv) {
  using onewindow::Number;
  onewindow::Settings settings;
  settings.rounds = static_cast<int>(Number(argc, argv, "--rounds", 5));
  settings.cases = Number(argc, argv, "--cases", settings.cases);
  settings.callers = Number(argc, argv, "--callers", settings.callers);
  settings.connections = Number(argc, argv, "--connections", settings.connections);
  settings.programs = std::filesystem::read_symlink("/proc/self/exe").parent_path().string();
  return onewindow::Run(settings);
}
