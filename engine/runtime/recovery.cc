#include "engine/runtime/recovery.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/casework/apply.h"
#include "engine/clock/timestamp.h"
#include "engine/runtime/case_store.h"
#include "engine/runtime/log_reader.h"
#include "engine/runtime/published_store.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

Fault Broken(const std::string& what) { return {FaultKind::kCorrupt, what}; }

// Whoever reads that the data is broken should read what helps, too.
Fault WithAdvice(Fault fault) {
  if (fault.kind == FaultKind::kCorrupt) {
    fault.message += "; 'onewindow recover' says what is whole, and a backup can be restored";
  }
  return fault;
}

std::string Number(Sequence sequence) { return std::to_string(sequence.value); }

bool Equal(std::string_view bytes, const std::array<uint8_t, 32>& hash) {
  return std::ranges::equal(bytes, hash,
                            [](char a, uint8_t b) { return static_cast<uint8_t>(a) == b; });
}

// The hash that the log holds at a sequence must be this one.
Status CheckHashAt(const Reader& store, const ChainEnd& expected, const std::string& who) {
  if (!expected.sequence) return {};
  Status status = Broken("the log does not reach " + Number(expected.sequence) +
                         ", which is where " + who + " says that it ends");
  Status read = VisitLog(store, expected.sequence,
                         [&](Sequence sequence, std::string_view, std::string_view hash) {
                           if (sequence != expected.sequence) return Visit::kStop;
                           status = Equal(hash, expected.hash)
                                        ? Status()
                                        : Broken("the log at " + Number(sequence) +
                                                 " is not the one that " + who + " was made of");
                           return Visit::kStop;
                         });
  return read.ok() ? status : read;
}

// Reads the log behind the checkpoint: the chain, and the folds it goes on with.
class CatchUp {
 public:
  CatchUp(const Reader& store, PartitionState& state) : store_(&store), state_(&state) {}

  Status Run() {
    Status read = VisitLog(*store_, Sequence{state_->end.sequence.value + 1},
                           [this](Sequence sequence, std::string_view body, std::string_view hash) {
                             status_ = See(sequence, body, hash);
                             return status_.ok() ? Visit::kContinue : Visit::kStop;
                           });
    return read.ok() ? status_ : read;
  }

 private:
  Status See(Sequence sequence, std::string_view body, std::string_view hash) {
    const ChainEnd end = hasher_.Extend(state_->end, body);
    if (sequence != end.sequence)
      return Broken("the log at " + Number(end.sequence) + " is missing");
    LoggedCommand logged;
    if (!Equal(hash, end.hash) ||
        !logged.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
      return Broken("the log at " + Number(sequence) + " was changed");
    }
    state_->end = end;
    if (!IsTallied(logged)) {
      Fold(state_->log, logged, nullptr, nullptr, *state_->published);
      return {};
    }
    return FoldCase(logged);
  }

  // What the case was before and after, made again from its history. All of it happened under what
  // is in force now: a publication saves a checkpoint in front of itself (partition.cc).
  Status FoldCase(const LoggedCommand& logged) {
    const CaseId case_id{logged.case_id()};
    Result<std::optional<CommittedCase>> stored = ReadCase(*store_, case_id);
    if (!stored.ok()) return stored.fault();
    if (!stored.value())
      return Broken("the record of case " + std::to_string(case_id.value) + " is missing");
    Result<CaseRecord> before =
        ReadCaseAsOf(*store_, *stored.value()->record, Sequence{logged.sequence() - 1});
    if (!before.ok()) return before.fault();
    CaseRecord after = before.value();
    for (const Event& event : logged.events()) Apply(after, event, logged.sequence());
    Fold(state_->log, logged, &before.value(), &after, *state_->published);
    return {};
  }

  const Reader* store_;
  PartitionState* state_;
  ChainHasher hasher_;
  Status status_;
};

Status FoldOpenCases(const Reader& store, CaseFolds& folds) {
  CaseFolds::Builder builder;
  Status status;
  Result<ScanEnd> end = store.Scan(families::kOpen, KeysWithPrefix(""), {},
                                   [&](std::string_view key, std::string_view value) {
                                     Result<StoredCase> stored = DecodeCase(value);
                                     const std::optional<uint64_t> number = NumberOfKey(key);
                                     if (!stored.ok()) status = stored.fault();
                                     if (!number)
                                       status = Broken("an open case has a key of a wrong form");
                                     if (!status.ok()) return Visit::kStop;
                                     builder.Add(CaseId{*number}, stored.value().head);
                                     return Visit::kContinue;
                                   });
  if (!end.ok()) return end.fault();
  if (!status.ok()) return status;
  folds = std::move(builder).Build();
  return {};
}

Status ReadLastRecorded(const Reader& store, PartitionState& state) {
  if (!state.end.sequence) return {};
  Result<LoggedCommand> last = LogReader(store).Read(state.end.sequence);
  if (!last.ok()) return last.fault();
  state.last_recorded = ToInstant(last.value().recorded_at());
  return {};
}

Status ReadAll(const Reader& store, const Head& head, Checkpoints& checkpoints,
               PartitionState& state) {
  Result<Checkpoint> checkpoint = checkpoints.Read(store);
  if (!checkpoint.ok()) return checkpoint.fault();
  state.log = std::move(checkpoint.value().folds);
  state.end = checkpoint.value().end;
  if (Status status = CheckHashAt(store, state.end, "the checkpoint"); !status.ok()) return status;
  const ChainEnd head_end{.sequence = head.sequence, .hash = head.hash};
  if (Status status = CheckHashAt(store, head_end, "HEAD"); !status.ok()) return status;

  Result<std::shared_ptr<const Published>> published = ReadPublished(store, Sequence{});
  if (!published.ok()) return published.fault();
  state.published = std::move(published).value();
  if (Status status = CatchUp(store, state).Run(); !status.ok()) return status;
  if (Status status = ReadLastRecorded(store, state); !status.ok()) return status;
  if (Status status = FoldOpenCases(store, state.cases); !status.ok()) return status;
  state.working_counters = state.log.counters;
  return {};
}

}  // namespace

Status Recover(const Reader& store, const Head& head, Checkpoints& checkpoints,
               PartitionState& state) {
  Status read = ReadAll(store, head, checkpoints, state);
  if (read.ok()) return read;
  return WithAdvice(read.fault());
}

Result<HeadFile> OpenHead(const std::string& path, const Reader& store) {
  Result<HeadFile> head = HeadFile::Open(path);
  if (head.ok() || head.fault().kind != FaultKind::kNotFound) return head;
  Result<LogStretch> first = LogReader(store).ReadAfter(Sequence{}, 1);
  if (!first.ok()) return first.fault();
  if (!first.value().commands.empty())
    return WithAdvice(Broken("the HEAD file " + path + " is missing"));
  return HeadFile::Create(path, Head());
}

}  // namespace onewindow
