#include "engine/runtime/verify.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "engine/casework/apply.h"
#include "engine/catalog/catalogue.h"
#include "engine/kv/data_directory.h"
#include "engine/kv/rocks_kv.h"
#include "engine/organisation/organisation_index.h"
#include "engine/runtime/case_files.h"
#include "engine/runtime/case_head_of.h"
#include "engine/runtime/case_rows.h"
#include "engine/runtime/case_store.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/forgotten.h"
#include "engine/runtime/log_folds.h"
#include "engine/runtime/log_reader.h"
#include "engine/runtime/published_store.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

constexpr uint64_t kCommandsPerReport = 10'000;

std::string Named(const char* thing, uint64_t number) {
  return std::string(thing) + " " + std::to_string(number);
}

bool SameBytes(std::string_view bytes, const std::array<uint8_t, 32>& hash) {
  return std::ranges::equal(bytes, hash,
                            [](char a, uint8_t b) { return static_cast<uint8_t>(a) == b; });
}

// One walk along the log. What it makes is compared as soon as the log says that it is final, so
// that only open cases are kept.
class Verification {
 public:
  Verification(const Reader& store, const Head& head, const VerifyListener& listener)
      : store_(store), head_(head), listener_(listener), published_(NothingPublished()) {}

  Result<VerifyReport> Run() {
    Result<Checkpoint> checkpoint = Checkpoints().Read(store_);
    if (checkpoint.ok()) {
      checkpoint_ = std::move(checkpoint).value();
    } else {
      Find("checkpoint", checkpoint.fault().message);
    }
    Status read = VisitLog(store_, Sequence{1},
                           [this](Sequence sequence, std::string_view body, std::string_view hash) {
                             return See(sequence, body, hash);
                           });
    if (!fault_.ok()) return fault_.fault();
    if (!read.ok()) Find("log", read.fault().message);
    CheckEnds();
    for (const auto check :
         {&Verification::CheckChartRow, &Verification::CheckOpenRows,
          &Verification::CheckClosedRows, &Verification::CheckKeys, &Verification::CheckCounts}) {
      if (Status status = (this->*check)(); !status.ok()) return status.fault();
    }
    report_.commands = end_.sequence.value;
    report_.open_cases = open_.size();
    report_.closed_cases = closed_;
    return std::move(report_);
  }

 private:
  struct LiveCase {
    CaseRecord record;
    CaseHead head;
  };

  void Find(std::string where, std::string what) {
    ++report_.findings_in_all;
    if (report_.findings.size() < kVerifyFindingsMax) {
      report_.findings.push_back({.where = std::move(where), .what = std::move(what)});
    }
  }

  // After a break in the chain nothing that follows can be trusted, so the walk ends.
  Visit See(Sequence sequence, std::string_view body, std::string_view hash) {
    const ChainEnd end = hasher_.Extend(end_, body);
    LoggedCommand logged;
    if (sequence != end.sequence) {
      Find(Named("log", end.sequence.value), "is missing");
      return Visit::kStop;
    }
    if (!SameBytes(hash, end.hash) ||
        !logged.ParseFromArray(body.data(), static_cast<int>(body.size())) ||
        logged.sequence() != sequence.value) {
      Find(Named("log", sequence.value), "was changed: its hash does not fit");
      return Visit::kStop;
    }
    end_ = end;
    if (sequence == head_.sequence && end.hash != head_.hash) {
      Find("HEAD", "names another hash for " + std::to_string(sequence.value));
    }
    if (sequence.value % kCommandsPerReport == 0 && listener_) {
      listener_({.commands = sequence.value, .expected = head_.sequence.value});
    }
    return Replay(logged) ? Visit::kContinue : Visit::kStop;
  }

  bool Replay(const LoggedCommand& logged) {
    try {
      const CheckScope scope;
      fault_ = logged.case_id() == 0 ? ReplayPublication(logged) : ReplayCase(logged);
    } catch (const CheckFailure& failure) {
      Find(Named("log", logged.sequence()), std::string("contradicts itself: ") + failure.what());
      return false;
    }
    if (!fault_.ok() && fault_.fault().kind == FaultKind::kCorrupt) {
      Find(Named("case", logged.case_id()), fault_.fault().message);
      fault_ = Status();
      return false;
    }
    if (fault_.ok() && Sequence{logged.sequence()} == checkpoint_.end.sequence) CheckCheckpoint();
    return fault_.ok();
  }

  Status ReplayPublication(const LoggedCommand& logged) {
    Fold(folds_, logged, nullptr, nullptr, *published_);
    Batch rows;
    for (const Event& event : logged.events()) {
      auto after = AfterEvent(*published_, event, Sequence{logged.sequence()});
      if (after == nullptr) continue;
      if (ChangesChart(event)) {
        if (Status status = SettleChart(*after->organisation); !status.ok()) return status;
        chart_rows_.Clear();
        chart_sequence_ = logged.sequence();
      }
      PutPublication(ChangesChart(event) ? chart_rows_ : rows, event, *after);
      published_ = std::move(after);
    }
    return CheckRows(rows, logged.sequence());
  }

  // The row of a chart is written anew by each amendment: it is looked at once the next chart takes
  // its place, or the log ends.
  Status SettleChart(const OrganisationIndex& next) {
    if (next.chart().version() == published_->organisation->chart().version()) return {};
    return CheckChartRow();
  }

  Status CheckChartRow() { return CheckRows(chart_rows_, chart_sequence_); }

  Status ReplayReading(const LoggedCommand& logged) {
    Fold(folds_, logged, nullptr, nullptr, *published_);
    Batch rows;
    PutListRows(rows, logged, *published_->organisation);
    return CheckRows(rows, logged.sequence());
  }

  Status ReplayCase(const LoggedCommand& logged) {
    if (OnlyReads(logged)) return ReplayReading(logged);
    const CaseId case_id{logged.case_id()};
    const bool is_new = logged.sequence() == logged.case_id();
    if (Status status = is_new ? Status() : Reopen(case_id, logged.sequence()); !status.ok()) {
      return status;
    }
    LiveCase& live = open_[case_id];
    const CaseRecord before = live.record;
    for (const Event& event : logged.events()) Apply(live.record, event, logged.sequence());
    live.head = HeadOf(live.record, *published_->organisation, *published_->catalogue);
    Fold(folds_, logged, &before, &live.record, *published_);

    Batch rows;
    if (is_new) PutNewCaseRows(rows, live.record, live.head.item);
    PutListRows(rows, logged, *published_->organisation);
    if (!is_new) PutPersonRows(rows, logged, before, live.record);
    if (Status status = CheckRows(rows, logged.sequence()); !status.ok()) return status;
    if (live.record.stage() == STAGE_CLOSED) return CheckClosed(case_id);
    return {};
  }

  // A closed case that goes on is made again from the log, as it is no longer kept.
  Status Reopen(CaseId case_id, uint64_t sequence) {
    if (open_.contains(case_id)) return {};
    Result<std::optional<CommittedCase>> stored = ReadCase(store_, case_id);
    if (!stored.ok()) return stored.fault();
    if (!stored.value()) return {};
    Result<CaseRecord> before =
        ReadCaseAsOf(store_, *stored.value()->record, Sequence{sequence - 1});
    if (!before.ok()) return before.fault();
    open_[case_id].record = std::move(before).value();
    --closed_;
    return {};
  }

  // Every row that the log makes must be there as it was made, until the log takes it away.
  Status CheckRows(const Batch& rows, uint64_t sequence) {
    for (size_t i = 0; i < rows.size(); ++i) {
      const Batch::Operation row = rows.operation(i);
      Result<std::optional<std::string>> found = store_.Get(row.family, row.key);
      if (!found.ok()) return found.fault();
      const std::string where =
          AllFamilies()[row.family.index].name + " of " + Named("log", sequence);
      const std::string name = std::to_string(row.family.index) + '/' + std::string(row.key);
      unexpected_rows_.erase(name);
      missing_rows_.erase(name);
      if (row.kind == Batch::Kind::kDelete) {
        if (row.family == families::kDirectory) --expected_rows_[row.family.index];
        if (found.value()) unexpected_rows_[name] = where;
        continue;
      }
      ++expected_rows_[row.family.index];
      if (!found.value()) missing_rows_[name] = where;
      if (found.value() && *found.value() != row.value) Find(where, "a row was changed");
    }
    return {};
  }

  // A case that the log goes on with later has another record by now: it is looked at then.
  Status CheckClosed(CaseId case_id) {
    const LiveCase& live = open_.at(case_id);
    Result<std::optional<std::string>> found = store_.Get(families::kClosed, CaseKey(case_id));
    if (!found.ok()) return found.fault();
    const std::string expected = EncodeCase(live.head, live.record);
    if (found.value() && *found.value() == expected) {
      unsettled_.erase(case_id);
    } else {
      unsettled_.insert(case_id);
    }
    ++closed_;
    open_.erase(case_id);
    return {};
  }

  void CheckCheckpoint() {
    if (end_ != checkpoint_.end) Find("checkpoint", "names another hash than the log");
    if (folds_.counters.all() != checkpoint_.folds.counters.all()) {
      Find("checkpoint", "the serial numbers are not those of the log");
    }
    if (folds_.tally != checkpoint_.folds.tally) {
      Find("checkpoint", "the tallies are not those of the log");
    }
    if (folds_.demands != checkpoint_.folds.demands) {
      Find("checkpoint", "the demands on townships are not those of the log");
    }
    if (folds_.late_entries != checkpoint_.folds.late_entries) {
      Find("checkpoint", "the late entries are not those of the log");
    }
    const RecentRequests& saved = checkpoint_.folds.requests;
    for (Sequence at = saved.first(); at < saved.next(); ++at.value) {
      if (at < folds_.requests.first()) continue;
      if (folds_.requests.At(at) != saved.At(at)) {
        Find("checkpoint", Named("the request id of log", at.value) + " is not that of the log");
      }
    }
  }

  void CheckEnds() {
    if (end_.sequence < head_.sequence) {
      Find("HEAD", "the log ends at " + std::to_string(end_.sequence.value) + ", not at " +
                       std::to_string(head_.sequence.value));
    }
    if (end_.sequence < checkpoint_.end.sequence) {
      Find("checkpoint", "is ahead of the log");
    }
    for (const auto& [name, where] : missing_rows_) Find(where, "a row is missing");
    for (const auto& [name, where] : unexpected_rows_) Find(where, "a row should be gone");
    for (const CaseId case_id : unsettled_) {
      Find(Named("closed case", case_id.value), "is missing or was changed");
    }
  }

  Status CheckOpenRows() {
    std::set<CaseId> missing;
    for (const auto& [case_id, live] : open_) missing.insert(case_id);
    return ScanRows(
        families::kOpen,
        [this, &missing](CaseId case_id, std::string_view value) {
          const auto live = open_.find(case_id);
          const std::string where = Named("open case", case_id.value);
          if (live == open_.end()) {
            Find(where, "is not one of the log's");
          } else if (EncodeCase(live->second.head, live->second.record) != value) {
            Find(where, "was changed");
          }
          missing.erase(case_id);
        },
        [this, &missing] {
          for (const CaseId case_id : missing)
            Find(Named("open case", case_id.value), "is missing");
        });
  }

  Status CheckClosedRows() {
    uint64_t rows = 0;
    return ScanRows(
        families::kClosed, [&rows](CaseId, std::string_view) { ++rows; },
        [this, &rows] {
          if (rows <= closed_) return;
          Find("closed", std::to_string(rows - closed_) + " cases are not the log's");
        });
  }

  // A key may be gone, where a person was forgotten; but each belongs to a case.
  Status CheckKeys() {
    Status status;
    Status scanned = ScanRows(
        families::kKeys,
        [this, &status](CaseId case_id, std::string_view) {
          Result<bool> stored = IsStored(case_id);
          if (!stored.ok()) {
            status = stored.fault();
          } else if (!stored.value()) {
            Find(Named("key of case", case_id.value), "belongs to no case");
          }
        },
        [] {});
    return scanned.ok() ? status : scanned;
  }

  Result<bool> IsStored(CaseId case_id) const {
    for (const Family family : {families::kOpen, families::kClosed}) {
      Result<std::optional<std::string>> value = store_.Get(family, CaseKey(case_id));
      if (!value.ok()) return value.fault();
      if (value.value()) return true;
    }
    return false;
  }

  Status CheckCounts() {
    for (const Family family : {families::kDirectory, families::kCatalogue}) {
      uint64_t rows = 0;
      Result<ScanEnd> end =
          store_.Scan(family, KeysWithPrefix(""), {}, [&rows](std::string_view, std::string_view) {
            ++rows;
            return Visit::kContinue;
          });
      if (!end.ok()) return end.fault();
      if (rows <= expected_rows_[family.index]) continue;
      Find(AllFamilies()[family.index].name,
           std::to_string(rows - expected_rows_[family.index]) + " rows are not the log's");
    }
    return {};
  }

  template <typename Row, typename Done>
  Status ScanRows(Family family, Row&& row, Done&& done) {
    Result<ScanEnd> end = store_.Scan(
        family, KeysWithPrefix(""), {}, [&](std::string_view key, std::string_view value) {
          const std::optional<uint64_t> number = NumberOfKey(key);
          if (number) {
            row(CaseId{*number}, value);
          } else {
            Find(AllFamilies()[family.index].name, "a key has a wrong form");
          }
          return Visit::kContinue;
        });
    if (!end.ok()) return end.fault();
    done();
    return {};
  }

  const Reader& store_;
  const Head& head_;
  const VerifyListener& listener_;
  VerifyReport report_;
  Status fault_;

  ChainHasher hasher_;
  ChainEnd end_;
  Checkpoint checkpoint_;
  std::shared_ptr<const Published> published_;
  // The row of the chart in force as the log makes it, and where the log last changed it.
  Batch chart_rows_;
  uint64_t chart_sequence_ = 0;
  LogFolds folds_;
  std::unordered_map<CaseId, LiveCase> open_;
  uint64_t closed_ = 0;
  // Closed cases whose stored record is not (yet) the one made.
  std::set<CaseId> unsettled_;
  std::array<uint64_t, families::kCount> expected_rows_{};
  // As far as the walk has come; by family and key, with the place in the log.
  std::map<std::string, std::string> missing_rows_;
  std::map<std::string, std::string> unexpected_rows_;
};

// Whoever was forgotten since the data was backed up has no key any more in what was restored.
Status CheckForgottenKeys(const Reader& store, const ForgottenCases& cases, VerifyReport& report) {
  for (const ForgottenCase& each : cases) {
    Result<std::optional<std::string>> key = store.Get(families::kKeys, CaseKey(each.case_id));
    if (!key.ok()) return key.fault();
    if (!key.value()) continue;
    ++report.findings_in_all;
    report.findings.push_back({.where = Named("key of case", each.case_id.value),
                               .what = "is still there, though its person was forgotten"});
  }
  return {};
}

}  // namespace

Result<VerifyReport> VerifyStore(const Reader& store, const Head& head,
                                 const VerifyListener& listener) {
  return Verification(store, head, listener).Run();
}

Result<VerifyReport> VerifyData(const std::string& directory, const VerifyListener& listener) {
  Result<std::unique_ptr<RocksKv>> store = RocksKv::Open(
      {.directory = directory, .families = AllFamilies(), .access = Access::kReadOnly});
  if (!store.ok()) return store.fault();
  Result<Head> head = HeadFile::Read(HeadPath(directory));
  if (!head.ok()) return head.fault();
  Result<VerifyReport> report = VerifyStore(*store.value(), head.value(), listener);
  if (!report.ok()) return report;
  Result<ForgottenCases> listed = ReadForgotten(directory);
  if (!listed.ok()) return listed.fault();
  Result<ForgottenCases> forgotten = CasesOfThisLog(*store.value(), listed.value());
  if (!forgotten.ok()) return forgotten.fault();
  Status keys = CheckForgottenKeys(*store.value(), forgotten.value(), report.value());
  if (!keys.ok()) return keys.fault();
  Status files = VerifyFiles(*store.value(), directory, forgotten.value(), report.value());
  if (!files.ok()) return files.fault();
  return report;
}

}  // namespace onewindow
