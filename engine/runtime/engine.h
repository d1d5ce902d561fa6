#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/runtime/log_reader.h"
#include "engine/runtime/queries.h"
#include "engine/runtime/runtime_policy.h"
#include "engine/runtime/submission.h"
#include "engine/runtime/time_source.h"
#include "engine/runtime/vault.h"
#include "engine/runtime/watch.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

class FileReader;
class FileWriter;
class RocksKv;
struct StoredFile;

// A file on its way in, or why there is none: the rules refuse one of that size, or the world
// failed.
using BegunFile = std::variant<FileWriter, Rejection, Fault>;

struct EngineOptions {
  std::string data_directory;
  // Empty: "master.key" in the data directory.
  std::string master_key_file;
  // Where this store's backups are kept: they share the list of who was forgotten. Empty: nowhere.
  std::string backup_directory;
  size_t memory_bytes = 256 << 20;
  // Below so much free space writes are refused as DISK_FULL, and below twice as much files, so
  // that these do not take the last room from commands. 0: never.
  uint64_t free_bytes_min = 256 << 20;
  RuntimePolicy policy;
  // The store failed for good: nothing is acknowledged any more. The process should end with an
  // error and be started anew. Called once, from an engine thread.
  std::function<void(const Fault&)> on_failure;
};

// The engine as the services see it: submit commands, ask, watch. All of it is callable from any
// thread. An answer means that the command is on disk, and whoever asks afterwards sees its
// effects.
class Engine {
 public:
  // Opens or creates the data. kCorrupt, with what is missing, where the log is broken or does not
  // reach the HEAD; kUnavailable where another process holds the data; others as RocksKv::Open's.
  // The time source must outlive the engine.
  static Result<std::unique_ptr<Engine>> Open(const EngineOptions& options, const TimeSource& time);
  // Answers what waits, saves the folds and closes.
  ~Engine();

  // `command` as requested, in plain text, its envelope set; `person` is who the call's token says.
  // Seals, queues, and answers when decided and committed; a ForgetPerson only when the case's
  // files are gone, no file of the store holds its key any more and the lists of the forgotten name
  // it (forgotten.h).
  void Submit(std::string_view person, Command command, AnswerCallback callback);

  // No more commands: those waiting are answered, later ones refused as STOPPING. Watches end.
  void Stop();
  // An operator has looked at the time of day: it is right, writes go on. What was forgotten since
  // the backup of restored data, and could not be logged at the opening, is logged now.
  void ConfirmClock();

  // ---- Questions. Faults of all: kIo and kCorrupt from the disk; kInvalid for a wrong cursor.

  Result<std::optional<CaseRecord>> GetCase(CaseId case_id) const;
  Result<std::optional<CaseRecord>> FindByReceipt(std::string_view receipt_number) const;
  // Open and closed cases, the newest first. `pseudonym` as Vault::Pseudonym gives it.
  Result<Page<CaseRecord>> FindByApplicant(std::string_view pseudonym,
                                           const PageRequest& page) const;
  // Received on the day (Beijing time), the newest first.
  Result<Page<CaseRecord>> FindByItemAndDay(std::string_view item, Date day,
                                            const PageRequest& page) const;
  // The commands of a case, the oldest first.
  Result<Page<LoggedCommand>> Timeline(CaseId case_id, const PageRequest& page) const;

  // The commands by which personal data of a case was read, the oldest first.
  Result<Page<LoggedCommand>> Readings(CaseId case_id, const PageRequest& page) const;

  // Tasks that the position may take on, and those it holds. kNotFound for an unknown position.
  Result<Page<WorklistRow>> ListWorklist(std::string_view position, const PageRequest& page,
                                         WorklistOrder order = WorklistOrder::kDueFirst) const;
  // Results that lie at the organisation to be collected. kNotFound for an unknown organisation.
  Result<Page<WorklistRow>> ListReady(std::string_view organisation, const PageRequest& page) const;
  // What is due first comes first. kNotFound for an unknown organisation.
  Result<Page<DueRow>> ListDue(const DueQuery& query, const PageRequest& page) const;
  // Asked from the position: of what its county has to do with. kNotFound for an unknown one, here
  // and below.
  Result<LightCounts> CountLights(std::string_view position) const;
  // The newest first.
  Result<Page<CardRow>> ListCards(const CardQuery& query, const PageRequest& page) const;
  Result<ProcessingTimesAnswer> GetProcessingTimes(const ProcessingTimesQuery& query) const;
  // What departments of the position's county demanded of townships, by department.
  Result<Page<DemandRow>> ListDemands(std::string_view position, const PageRequest& page) const;
  // Open cases that the position accompanies, the oldest first. kNotFound for an unknown position.
  Result<Page<AccompaniedRow>> ListAccompanied(std::string_view position,
                                               const PageRequest& page) const;
  // Supervision orders, the newest first. kNotFound for an unknown organisation.
  Result<Page<OrderRow>> ListOrders(const OrderQuery& query, const PageRequest& page) const;
  // Leave without a substitute, by the numbers of positions, then by day. kNotFound for an unknown
  // organisation, kInvalid for days that are too many or end before they begin.
  Result<Page<UncoveredRow>> ListUncovered(const UncoveredQuery& query,
                                           const PageRequest& page) const;
  // What the organisation (empty: any) and those within it entered late, of the position's county.
  Result<LateEntriesAnswer> GetLateEntries(const LateEntriesQuery& query) const;

  // What is in force now; never null.
  std::shared_ptr<const Published> published() const;
  Instant Now() const;
  WriterStats Stats() const;

  // ---- Watches. They last until the returned pointer is dropped.

  std::shared_ptr<Watch> WatchCase(CaseId case_id, std::function<void()> wake);
  // Changes of cases that have, or had, a task on the position's worklist. kNotFound for an unknown
  // position.
  Result<std::shared_ptr<Watch>> WatchWorklist(std::string_view position,
                                               std::function<void()> wake);

  // ---- Files of cases (engine/attachments): written first, then attached, then settled. All but
  // Attach wait for the disk.

  // Requires: no more than so many bytes are added. The engine must outlive the writer. kNotFound
  // where the case has no key; kNoSpace.
  BegunFile BeginFile(CaseId case_id, uint64_t bytes) const;
  // As Submit. `command` is an AttachFile; what its attachment says of id, size and content is set
  // to what was written. The same request with the same content has the same answer again.
  void Attach(std::string_view person, Command command, const StoredFile& file,
              AnswerCallback callback);
  // After each Attach, with its answer, and where it is not called after all, with a rejection:
  // whether the file stays.
  Status SettleFile(const StoredFile& file, const Answer& answer) const;
  // Requires: the case has the file. kNotFound where its key is gone, kCorrupt where the file is.
  Result<FileReader> ReadFile(CaseId case_id, const std::string& attachment_id) const;

  // ---- For those who may read what is sealed, and for readers of the log.

  // Turns the boxes of a message of this case into text. kNotFound where the case's key was
  // destroyed.
  Status Unseal(CaseId case_id, google::protobuf::Message& message) const;
  const Vault& vault() const;
  LogReader log() const;
  // For backups of the running store.
  RocksKv& store();

 private:
  struct Parts;
  explicit Engine(std::unique_ptr<Parts> parts);
  void Enqueue(std::variant<Submission, Rejection, Fault> prepared, AnswerCallback callback);

  std::unique_ptr<Parts> parts_;
};

}  // namespace onewindow
