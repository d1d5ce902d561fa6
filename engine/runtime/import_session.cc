#include "engine/runtime/import_session.h"

#include <utility>

#include "engine/casework/context.h"
#include "engine/kv/data_directory.h"
#include "engine/kv/rocks_kv.h"
#include "engine/runtime/case_queries.h"
#include "engine/runtime/opening.h"
#include "engine/runtime/partition.h"
#include "engine/runtime/prepare.h"
#include "engine/runtime/recovery.h"

namespace onewindow {
namespace {

// Cases whose timers fire in one turn.
constexpr size_t kTimersAtOnce = 256;

// A large log takes little more memory than a small one, so these stay well below a server's: an
// import looks at one case at a time and asks for no lists.
constexpr size_t kStoreBytes = 16 << 20;
constexpr size_t kCachedCases = 1'000;

// Both clocks run together: virtual time never jumps.
Moment MomentOf(Instant at) { return {.wall = at, .steady = at.time_since_epoch()}; }

}  // namespace

// In the order in which they depend on each other.
struct ImportSession::Parts {
  Parts(std::unique_ptr<RocksKv> rocks, Vault the_vault)
      : store(std::move(rocks)), vault(std::move(the_vault)), keys(vault, *store) {}

  SystemTime time;
  std::unique_ptr<RocksKv> store;
  Vault vault;
  CaseKeys keys;
  std::unique_ptr<Partition> partition;
};

ImportSession::ImportSession(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ImportSession::~ImportSession() = default;

Result<std::unique_ptr<ImportSession>> ImportSession::Open(const std::string& data_directory) {
  static SystemEntropy entropy;
  EngineOptions options;
  options.data_directory = data_directory;
  options.memory_bytes = kStoreBytes;
  options.policy.cached_cases = kCachedCases;
  Result<std::unique_ptr<RocksKv>> store = OpenStore(options);
  if (!store.ok()) return store.fault();
  Result<Vault> vault = OpenVault(options, *store.value(), entropy);
  if (!vault.ok()) return vault.fault();
  Result<HeadFile> head = OpenHead(HeadPath(data_directory), *store.value());
  if (!head.ok()) return head.fault();
  auto parts = std::make_unique<Parts>(std::move(store).value(), std::move(vault).value());
  Result<std::unique_ptr<Partition>> partition =
      Partition::Open(*parts->store, std::move(head).value(), options.policy, parts->time);
  if (!partition.ok()) return partition.fault();
  if (partition.value()->Stats().sequence) {
    return Fault{FaultKind::kExists,
                 data_directory + " holds a log already; an import needs a new data directory"};
  }
  parts->partition = std::move(partition).value();
  return std::unique_ptr<ImportSession>(new ImportSession(std::move(parts)));
}

Answer ImportSession::Do(Command command, Instant at) {
  if (Status advanced = AdvanceTo(at); !advanced.ok()) return advanced.fault();
  Prepared prepared =
      PrepareSubmission(kSystemPerson, std::move(command), parts_->vault, parts_->keys, at);
  if (auto* rejection = std::get_if<Rejection>(&prepared)) return std::move(*rejection);
  if (auto* fault = std::get_if<Fault>(&prepared)) return std::move(*fault);
  std::vector<Submission> one;
  one.push_back(std::move(std::get<Submission>(prepared)));
  return std::move(
      parts_->partition->Process(std::move(one), MomentOf(at), Durability::kBuffered).front());
}

Status ImportSession::AdvanceTo(Instant at) {
  Partition& partition = *parts_->partition;
  for (auto wake = partition.NextWakeAt(); wake && *wake <= at; wake = partition.NextWakeAt()) {
    size_t fired = partition.FireDue(MomentOf(*wake), kTimersAtOnce, Durability::kBuffered);
    if (fired > 0) continue;
    if (partition.failure()) return *partition.failure();
    return Fault{FaultKind::kUnavailable,
                 partition.WhyRefuse(MomentOf(*wake)).value_or("the timers cannot be written")};
  }
  return {};
}

Result<CaseRecord> ImportSession::Case(CaseId case_id) const {
  Result<std::optional<CaseRecord>> found =
      CaseQueries(*parts_->store, parts_->partition->state()).Get(case_id);
  if (!found.ok()) return found.fault();
  if (!found.value()) return Fault{FaultKind::kNotFound, "there is no such case"};
  return std::move(*found.value());
}

Status ImportSession::Finish() {
  if (Status saved = parts_->partition->SaveFolds(); !saved.ok()) return saved;
  if (Status synced = parts_->partition->Sync(); !synced.ok()) return synced;
  return parts_->partition->SyncHead();
}

LogReader ImportSession::log() const { return LogReader(*parts_->store); }

}  // namespace onewindow
