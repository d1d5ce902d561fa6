// What the writer's thread does in the time of a transition, part by part: the engine in this
// process, without gRPC.
// Limit: one thread for all that is ordered, so at 15 µs a transition some 66,000/s; and the disk,
// which gives so many syncs a second as the first line says, each shared by a batch.

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "engine/runtime/engine.h"
#include "tests/bench/desk_county.h"
#include "tests/bench/desk_life.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int kClerks = 2;
constexpr uint64_t kWave = 64;  // Cases that a clerk carries on together.

double SecondsSince(Steady::time_point begin) {
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

// How often a second a file is written on and synced.
double SyncsPerSecond(const std::string& path) {
  constexpr int kSyncs = 1000;
  const std::array<char, 4096> page{};
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const auto begin = Steady::now();
  for (int i = 0; i < kSyncs; ++i) {
    if (::write(file, page.data(), page.size()) != ssize_t{page.size()} || ::fdatasync(file) != 0) {
      std::perror("fdatasync");
      std::exit(1);
    }
  }
  const double seconds = SecondsSince(begin);
  ::close(file);
  return kSyncs / seconds;
}

// Submits one step for each case of a wave and waits for all answers. The case ids are those of the
// answers to the submissions.
void TakeStep(Engine& engine, const std::string& run, uint64_t first, DeskStep step,
              std::array<uint64_t, kWave>& case_ids) {
  std::latch answered(kWave);
  for (uint64_t i = 0; i < kWave; ++i) {
    engine.Submit(kDeskPerson, DeskCommand(run, first + i, step, case_ids[i]),
                  [&answered, &case_ids, i](const Answer& answer) {
                    const auto* accepted = std::get_if<Accepted>(&answer);
                    if (accepted == nullptr) {
                      const auto* rejection = std::get_if<Rejection>(&answer);
                      std::fprintf(stderr, "not accepted: %s\n",
                                   rejection == nullptr ? std::get<Fault>(answer).message.c_str()
                                                        : rejection->text.c_str());
                      std::exit(1);
                    }
                    case_ids[i] = accepted->case_id.value;
                    answered.count_down();
                  });
  }
  answered.wait();
}

void SeeThrough(Engine& engine, const std::string& run, uint64_t cases) {
  for (uint64_t first = 1; first <= cases; first += kWave) {
    std::array<uint64_t, kWave> case_ids{};
    for (const DeskStep step : kDeskSteps) TakeStep(engine, run, first, step, case_ids);
  }
}

void PrintParts(const WriterStats& stats, double seconds, double syncs) {
  const auto commands = static_cast<double>(stats.commands);
  auto each_us = [&](Duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count() / commands;
  };
  const double parts[] = {each_us(stats.decide), each_us(stats.apply), each_us(stats.encode),
                          each_us(stats.commit), each_us(stats.fold),  each_us(stats.answer)};
  double busy = 0;
  for (const double part : parts) busy += part;
  const double batches_per_second = static_cast<double>(stats.batches) / seconds;
  std::printf(
      "engine alone: %.0f transitions/s, %.1f a batch, %.2f puts each (deletes included; "
      "wanted: at most 3)\n",
      commands / seconds, commands / static_cast<double>(stats.batches),
      static_cast<double>(stats.puts) / commands);
  std::printf(
      "writer, us a transition: decide %.2f, apply %.2f, encode %.2f, commit %.2f, fold "
      "%.2f, answer %.2f; in all %.2f, so the writer was busy %.0f %% of the time\n",
      parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], busy,
      100 * busy * commands / 1e6 / seconds);
  std::printf("syncs: %.0f/s, %.0f %% of what the disk gives\n", batches_per_second,
              100 * batches_per_second / syncs);
}

int Run(uint64_t cases, const std::string& directory) {
  const ScratchDirectory scratch(directory);
  const double syncs = SyncsPerSecond(scratch / "syncs");
  std::printf("disk: %.0f syncs of 4 KiB a second, one after the other\n", syncs);
  if (const auto made = MakeDeskCounty(scratch / "data"); !made.ok()) {
    std::fprintf(stderr, "%s\n", made.fault().message.c_str());
    return 1;
  }
  const SystemTime time;
  EngineOptions options;
  options.data_directory = scratch / "data";
  auto engine = Engine::Open(options, time);
  if (!engine.ok()) {
    std::fprintf(stderr, "%s\n", engine.fault().message.c_str());
    return 1;
  }
  const auto begin = Steady::now();
  {
    std::vector<std::jthread> clerks;
    for (int i = 0; i < kClerks; ++i) {
      clerks.emplace_back([&engine, i, cases] {
        SeeThrough(*engine.value(), "clerk" + std::to_string(i), cases / kClerks);
      });
    }
  }
  const double seconds = SecondsSince(begin);
  const WriterStats stats = engine.value()->Stats();
  if (stats.commands < cases * kDeskSteps.size()) {
    std::fprintf(stderr, "only %llu commands were logged\n",
                 static_cast<unsigned long long>(stats.commands));
    return 1;
  }
  PrintParts(stats, seconds, syncs);
  return 0;
}

}  // namespace
}  // namespace onewindow

// writer_bench [CASES]
int main(int argc, char** argv) {
  const uint64_t cases = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
  const auto programs = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  return onewindow::Run(cases, programs.string());
}
