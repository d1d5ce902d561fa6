#include "adapters/event_logs/replay.h"

#include <optional>
#include <utility>
#include <variant>

#include "adapters/event_logs/occurrences.h"
#include "adapters/event_logs/replay_run.h"
#include "engine/runtime/import_session.h"

namespace onewindow {
namespace {

constexpr uint64_t kProgressEvery = 1000;

void Tell(const ReplayOptions& options, ReplayProgress::Phase phase, uint64_t done,
          uint64_t total) {
  if (options.on_progress) options.on_progress({.phase = phase, .done = done, .total = total});
}

Result<Occurrences> ReadAll(const ReplayOptions& options) {
  return Occurrences::Read(options.mapping, {.log = options.log,
                                             .temp_directory = options.data_directory,
                                             .on_problem = options.on_problem,
                                             .on_progress = [&](const ReadProgress& progress) {
                                               Tell(options, ReplayProgress::Phase::kReading,
                                                    progress.bytes_read, progress.bytes_total);
                                             }});
}

Status LiveAll(const ReplayOptions& options, Occurrences& occurrences, ReplayRun& run) {
  uint64_t total = occurrences.totals().occurrences();
  for (uint64_t lived = 0;; ++lived) {
    if (lived % kProgressEvery == 0) Tell(options, ReplayProgress::Phase::kLiving, lived, total);
    Result<std::optional<Occurrence>> next = occurrences.Next();
    if (!next.ok()) return next.fault();
    if (!next.value()) break;
    if (Status lives = run.Live(*next.value()); !lives.ok()) return lives;
  }
  Tell(options, ReplayProgress::Phase::kLiving, total, total);
  const std::optional<Instant>& last = occurrences.totals().last_event_at;
  return last ? run.AdvanceTo(*last) : Status();
}

}  // namespace

Result<Replayed> Replay(const ReplayOptions& options) {
  auto session = ImportSession::Open(options.data_directory);
  if (!session.ok()) return session.fault();
  auto occurrences = ReadAll(options);
  if (!occurrences.ok()) return occurrences.fault();

  ReplayRun run(options, *session.value());
  if (Status lives = LiveAll(options, occurrences.value(), run); !lives.ok()) return lives.fault();
  if (Status finished = session.value()->Finish(); !finished.ok()) return finished.fault();
  Result<ReplayReport> report = run.Report();
  if (!report.ok()) return report.fault();

  const LogTotals& totals = occurrences.value().totals();
  Replayed replayed{.report = std::move(report).value(), .broken = occurrences.value().broken()};
  replayed.report.set_unusable_rows(static_cast<uint32_t>(totals.unusable_rows) + run.refused());
  replayed.report.set_contradictions(static_cast<uint32_t>(totals.contradictions));
  replayed.report.set_ignored_rows(static_cast<uint32_t>(totals.ignored_rows));
  return replayed;
}

}  // namespace onewindow
