#include "engine/runtime/engine.h"

#include <utility>

#include "engine/base/check.h"
#include "engine/casework/attachments.h"
#include "engine/kv/data_directory.h"
#include "engine/kv/rocks_kv.h"
#include "engine/runtime/case_files.h"
#include "engine/runtime/case_queries.h"
#include "engine/runtime/eraser.h"
#include "engine/runtime/forgotten.h"
#include "engine/runtime/opening.h"
#include "engine/runtime/partition.h"
#include "engine/runtime/people_queries.h"
#include "engine/runtime/prepare.h"
#include "engine/runtime/recovery.h"
#include "engine/runtime/work_queries.h"
#include "engine/runtime/writer.h"
#include "engine/tables/bytes.h"
#include "engine/tables/schema.h"

namespace onewindow {

// In the order in which they depend on each other.
struct Engine::Parts {
  Parts(const EngineOptions& engine_options, const TimeSource& time_source,
        std::unique_ptr<RocksKv> rocks, Vault the_vault, FileStore file_store, Entropy& entropy,
        std::unique_ptr<Partition> recovered)
      : options(engine_options),
        time(time_source),
        store(std::move(rocks)),
        vault(std::move(the_vault)),
        keys(vault, *store),
        files(std::move(file_store), keys, entropy),
        partition(std::move(recovered)),
        cases(*store, partition->state()),
        work(*store, partition->state()),
        eraser(*store, keys, files, ListDirectories(options)),
        writer(*partition, options.policy, time, options.on_failure) {}

  EngineOptions options;
  const TimeSource& time;
  // Whose forgetting the log could not be told at the opening.
  ForgottenCases untold;
  std::unique_ptr<RocksKv> store;
  Vault vault;
  CaseKeys keys;
  CaseFiles files;
  std::unique_ptr<Partition> partition;
  CaseQueries cases;
  WorkQueries work;
  Eraser eraser;
  Writer writer;
};

Engine::Engine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Engine::~Engine() { Stop(); }

Result<std::unique_ptr<Engine>> Engine::Open(const EngineOptions& options, const TimeSource& time) {
  static SystemEntropy entropy;
  Result<std::unique_ptr<RocksKv>> store = OpenStore(options);
  if (!store.ok()) return store.fault();
  Result<Vault> vault = OpenVault(options, *store.value(), entropy);
  if (!vault.ok()) return vault.fault();
  Result<FileStore> files = FileStore::Open(options.data_directory, 2 * options.free_bytes_min);
  if (!files.ok()) return files.fault();
  Result<HeadFile> head = OpenHead(HeadPath(options.data_directory), *store.value());
  if (!head.ok()) return head.fault();
  Result<ForgottenCases> forgotten =
      EraseForgotten(*store.value(), files.value(), ListDirectories(options));
  if (!forgotten.ok()) return forgotten.fault();
  Result<std::unique_ptr<Partition>> partition =
      Partition::Open(*store.value(), std::move(head).value(), options.policy, time);
  if (!partition.ok()) return partition.fault();
  ForgottenCases untold = ForgetAgain(forgotten.value(), *partition.value(), time);
  Status settled = SettleLeftovers(files.value(), *store.value());
  if (!settled.ok()) return settled.fault();
  auto parts =
      std::make_unique<Parts>(options, time, std::move(store).value(), std::move(vault).value(),
                              std::move(files).value(), entropy, std::move(partition).value());
  parts->untold = std::move(untold);
  return std::unique_ptr<Engine>(new Engine(std::move(parts)));
}

void Engine::Submit(std::string_view person, Command command, AnswerCallback callback) {
  Enqueue(PrepareSubmission(person, std::move(command), parts_->vault, parts_->keys, Now()),
          std::move(callback));
}

void Engine::Enqueue(Prepared prepared, AnswerCallback callback) {
  if (auto* submission = std::get_if<Submission>(&prepared)) {
    if (submission->command.has_forget_person()) {
      callback = parts_->eraser.Before(std::move(callback));
    }
    parts_->writer.Submit(std::move(*submission), std::move(callback));
  } else if (auto* rejection = std::get_if<Rejection>(&prepared)) {
    callback(std::move(*rejection));
  } else {
    callback(std::get<Fault>(std::move(prepared)));
  }
}

// Asked once more here, since a command that was seen before is answered without being decided.
BegunFile Engine::BeginFile(CaseId case_id, uint64_t bytes) const {
  if (auto refused = CheckAttachmentSize(bytes, parts_->options.policy.casework)) return *refused;
  Result<FileWriter> writer = parts_->files.Begin(case_id);
  if (!writer.ok()) return writer.fault();
  return std::move(writer).value();
}

// The hash of the request is made with the digest of what the caller sent: sealing is random, so
// that by its address no file would ever be the same as before.
void Engine::Attach(std::string_view person, Command command, const StoredFile& file,
                    AnswerCallback callback) {
  CHECK(command.has_attach_file());
  Attachment& attachment = *command.mutable_attach_file()->mutable_attachment();
  attachment.set_id(file.content_sha256);
  attachment.set_bytes(file.bytes);
  Prepared prepared =
      PrepareSubmission(person, std::move(command), parts_->vault, parts_->keys, Now());
  if (auto* submission = std::get_if<Submission>(&prepared)) {
    Status named = parts_->files.Name(file, *submission->command.mutable_attach_file());
    if (!named.ok()) return callback(named.fault());
  }
  Enqueue(std::move(prepared), std::move(callback));
}

Status Engine::SettleFile(const StoredFile& file, const Answer& answer) const {
  return parts_->files.Settle(file, answer);
}

Result<FileReader> Engine::ReadFile(CaseId case_id, const std::string& attachment_id) const {
  return parts_->files.Read(case_id, attachment_id);
}

void Engine::Stop() {
  parts_->writer.Stop();
  parts_->eraser.Stop();
  parts_->partition->watches().End("the server is stopping");
}

// Whoever confirms twice is told twice that they are forgotten, and nothing comes of it.
void Engine::ConfirmClock() {
  parts_->writer.ConfirmClock();
  for (const ForgottenCase& each : parts_->untold) {
    parts_->writer.Submit(ForgettingOf(each.case_id), [](const Answer&) {});
  }
}

Result<std::optional<CaseRecord>> Engine::GetCase(CaseId case_id) const {
  return parts_->cases.Get(case_id);
}

Result<std::optional<CaseRecord>> Engine::FindByReceipt(std::string_view receipt_number) const {
  return parts_->cases.FindByReceipt(receipt_number);
}

Result<Page<CaseRecord>> Engine::FindByApplicant(std::string_view pseudonym,
                                                 const PageRequest& page) const {
  return parts_->cases.FindByApplicant(pseudonym, page);
}

Result<Page<CaseRecord>> Engine::FindByItemAndDay(std::string_view item, Date day,
                                                  const PageRequest& page) const {
  return parts_->cases.FindByItemAndDay(item, day, page);
}

Result<Page<LoggedCommand>> Engine::Timeline(CaseId case_id, const PageRequest& page) const {
  return parts_->cases.Timeline(case_id, page);
}

Result<Page<LoggedCommand>> Engine::Readings(CaseId case_id, const PageRequest& page) const {
  return parts_->cases.Readings(case_id, page);
}

Result<Page<WorklistRow>> Engine::ListWorklist(std::string_view position, const PageRequest& page,
                                               WorklistOrder order) const {
  return parts_->work.ListWorklist(position, order, page, Now());
}

Result<Page<WorklistRow>> Engine::ListReady(std::string_view organisation,
                                            const PageRequest& page) const {
  return parts_->work.ListReady(organisation, page, Now());
}

Result<Page<DueRow>> Engine::ListDue(const DueQuery& query, const PageRequest& page) const {
  return parts_->work.ListDue(query, page, Now());
}

Result<LightCounts> Engine::CountLights(std::string_view position) const {
  return parts_->work.CountLights(position, Now());
}

Result<Page<CardRow>> Engine::ListCards(const CardQuery& query, const PageRequest& page) const {
  return parts_->cases.ListCards(query, page);
}

Result<Page<AccompaniedRow>> Engine::ListAccompanied(std::string_view position,
                                                     const PageRequest& page) const {
  return parts_->work.ListAccompanied(position, page, Now());
}

Result<Page<OrderRow>> Engine::ListOrders(const OrderQuery& query, const PageRequest& page) const {
  return parts_->cases.ListOrders(query, page, Now());
}

Result<ProcessingTimesAnswer> Engine::GetProcessingTimes(const ProcessingTimesQuery& query) const {
  return parts_->work.GetProcessingTimes(query);
}

Result<Page<DemandRow>> Engine::ListDemands(std::string_view position,
                                            const PageRequest& page) const {
  return parts_->work.ListDemands(position, page);
}

Result<Page<UncoveredRow>> Engine::ListUncovered(const UncoveredQuery& query,
                                                 const PageRequest& page) const {
  return onewindow::ListUncovered(*published()->organisation, query, page);
}

Result<LateEntriesAnswer> Engine::GetLateEntries(const LateEntriesQuery& query) const {
  return parts_->work.GetLateEntries(query);
}

std::shared_ptr<const Published> Engine::published() const {
  return PublishedNow(parts_->partition->state());
}

Instant Engine::Now() const { return parts_->time.Now(); }
WriterStats Engine::Stats() const { return parts_->writer.Stats(); }

std::shared_ptr<Watch> Engine::WatchCase(CaseId case_id, std::function<void()> wake) {
  return parts_->partition->watches().WatchCase(case_id, std::move(wake));
}

Result<std::shared_ptr<Watch>> Engine::WatchWorklist(std::string_view position,
                                                     std::function<void()> wake) {
  Result<WorklistScope> scope = parts_->work.ScopeOf(position);
  if (!scope.ok()) return scope.fault();
  return parts_->partition->watches().WatchWorklist(std::move(scope).value(), std::move(wake));
}

Status Engine::Unseal(CaseId case_id, google::protobuf::Message& message) const {
  Result<SecretKey> key = parts_->keys.Find(case_id);
  if (!key.ok()) return key.fault();
  return parts_->vault.Unseal(key.value(), message);
}

const Vault& Engine::vault() const { return parts_->vault; }
LogReader Engine::log() const { return LogReader(*parts_->store); }
RocksKv& Engine::store() { return *parts_->store; }

}  // namespace onewindow
