#include "services/administration/backup_call.h"

#include <utility>

#include "engine/clock/timestamp.h"
#include "engine/runtime/full_backup.h"
#include "services/rpc/audit.h"
#include "services/rpc/head.h"

namespace onewindow {
namespace {

Reply<CreateBackupResponse> MakeBackup(const Premises& premises) {
  const auto head = HeadOf(premises.engine);
  if (!head.ok()) return head.fault();
  const auto made = BackUpData({.store = premises.engine.store(),
                                .data_directory = premises.data_directory,
                                .head = head.value()},
                               premises.backup_directory, {});
  if (!made.ok()) return made.fault();
  const Backup& backup = made.value();
  CreateBackupResponse response;
  response.set_backup_id(backup.id);
  *response.mutable_created_at() = ToTimestamp(backup.created_at);
  response.set_bytes(backup.bytes);
  response.set_sequence(backup.head.sequence.value);
  return response;
}

}  // namespace

std::optional<Rejection> BeginBackup(const std::string& directory, Turnstile& turnstile) {
  if (directory.empty()) {
    return RefusedBecause(BACKUP_NOT_CONFIGURED, "Expected \"backups\" in the configuration");
  }
  if (turnstile.Enter() == Turnstile::Entry::kTurnedAway) {
    return RefusedBecause(BACKUP_UNDER_WAY, "A backup is being made");
  }
  return std::nullopt;
}

grpc::ServerUnaryReactor* Backups::Start(const Door& door, const BackupCall& asked) {
  grpc::ServerUnaryReactor* reactor = asked.call.DefaultReactor();
  const Admission admission = door.Admit(asked.call, asked.method, asked.request.position());
  if (const auto* rejection = std::get_if<Rejection>(&admission)) {
    reactor->Finish(ToStatus(*rejection));
    return reactor;
  }
  const Premises& premises = door.premises();
  if (const auto rejection = BeginBackup(premises.backup_directory, *turnstile_)) {
    reactor->Finish(ToStatus(*rejection));
    return reactor;
  }
  NoteAct(std::get<Identity>(admission), "began a backup");
  premises.run_long([&premises, reactor, &response = asked.response, turnstile = turnstile_] {
    auto reply = MakeBackup(premises);
    turnstile->Leave();
    if (IsNo(reply)) return reactor->Finish(Door::NoOf(reply));
    response = std::move(std::get<CreateBackupResponse>(reply));
    reactor->Finish(grpc::Status::OK);
  });
  return reactor;
}

}  // namespace onewindow
