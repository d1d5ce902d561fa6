#include "engine/runtime/log_reader.h"

#include <functional>
#include <optional>

#include "engine/kv/kv.h"
#include "engine/runtime/chain.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

Fault Corrupt(Sequence sequence, const std::string& what) {
  return {FaultKind::kCorrupt, "the log at " + std::to_string(sequence.value) + " " + what};
}

// The key of the run that holds the sequence, or of the first one after it.
Result<std::string> RunKey(const Reader& store, Sequence sequence) {
  std::string key = LogKey(sequence);
  const KeyRange before{.from = LogKey(Sequence{0}), .until = LogKey(Sequence{sequence.value + 1})};
  Result<ScanEnd> end =
      store.Scan(families::kLog, before, {.direction = Direction::kBackward, .limit = 1},
                 [&key](std::string_view found, std::string_view) {
                   key = found;
                   return Visit::kContinue;
                 });
  if (!end.ok()) return end.fault();
  return key;
}

// Feeds one run's entries from `first` on to the visitor; counts `next` along.
class RunWalk {
 public:
  RunWalk(Sequence first, const LogVisitor& visit) : first_(first), visit_(&visit) {}

  Visit See(std::string_view key, std::string_view value) {
    const std::optional<uint64_t> number = NumberOfKey(key);
    if (!number) return Stop(Corrupt(first_, "has a key of a wrong form"));
    if (next_ && next_->value != *number) return Stop(Corrupt(*next_, "is missing"));
    next_ = Sequence{*number};
    LogRunReader run(value);
    while (run.Next()) {
      const Sequence sequence = *next_;
      ++next_->value;
      if (sequence < first_) continue;
      if ((*visit_)(sequence, run.entry().body, run.entry().hash) == Visit::kStop) {
        return Visit::kStop;
      }
    }
    if (!run.ok()) return Stop(Corrupt(*next_, "cannot be parsed"));
    return Visit::kContinue;
  }

  const Status& status() const { return status_; }

 private:
  Visit Stop(Fault fault) {
    status_ = std::move(fault);
    return Visit::kStop;
  }

  Sequence first_;
  const LogVisitor* visit_;
  std::optional<Sequence> next_;
  Status status_;
};

}  // namespace

Status VisitLog(const Reader& store, Sequence first, const LogVisitor& visit) {
  Result<std::string> key = RunKey(store, first);
  if (!key.ok()) return key.fault();
  const KeyRange range{.from = std::move(key).value(), .until = AfterEveryKey()};
  RunWalk walk(first, visit);
  Result<ScanEnd> end = store.Scan(families::kLog, range, {},
                                   [&walk](std::string_view run_key, std::string_view value) {
                                     return walk.See(run_key, value);
                                   });
  if (!end.ok()) return end.fault();
  return walk.status();
}

Result<LogStretch> LogReader::ReadAfter(Sequence position, size_t limit) const {
  LogStretch stretch;
  if (limit == 0) return stretch;
  Status parsed;
  Sequence expected{position.value + 1};
  Status read = VisitLog(
      *store_, expected, [&](Sequence sequence, std::string_view body, std::string_view hash) {
        LoggedCommand& command = stretch.commands.emplace_back();
        if (sequence != expected ||
            !command.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
          parsed = Corrupt(expected, "is missing or cannot be parsed");
          return Visit::kStop;
        }
        ++expected.value;
        stretch.hash = hash;
        return stretch.commands.size() < limit ? Visit::kContinue : Visit::kStop;
      });
  if (!read.ok()) return read.fault();
  if (!parsed.ok()) return parsed.fault();
  return stretch;
}

Result<LoggedCommand> LogReader::Read(Sequence sequence) const {
  if (!sequence) return Fault{FaultKind::kNotFound, "the log begins at 1"};
  Result<LogStretch> stretch = ReadAfter(Sequence{sequence.value - 1}, 1);
  if (!stretch.ok()) return stretch.fault();
  if (stretch.value().commands.empty()) {
    return Fault{FaultKind::kNotFound, "the log does not reach " + std::to_string(sequence.value)};
  }
  return std::move(stretch.value().commands.front());
}

Result<std::vector<LoggedCommand>> LogReader::ReadEach(
    const std::vector<Sequence>& sequences) const {
  std::vector<LoggedCommand> commands;
  commands.reserve(sequences.size());
  for (const Sequence sequence : sequences) {
    Result<LoggedCommand> command = Read(sequence);
    if (!command.ok()) return command.fault();
    commands.push_back(std::move(command).value());
  }
  return commands;
}

}  // namespace onewindow
