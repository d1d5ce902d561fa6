#include <CLI/CLI.hpp>
#include <memory>

#include "engine/kv/data_directory.h"
#include "engine/runtime/forgotten.h"
#include "engine/runtime/full_backup.h"
#include "engine/tables/schema.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/offline_commands.h"
#include "services/onewindow/table.h"
#include "services/onewindow/value_text.h"

namespace onewindow {
namespace {

constexpr char kHeading[] = "Data";
constexpr uint64_t kMiB = 1 << 20;

struct BackupWish {
  std::string backups;  // The directory that holds them.
  std::string data;
  uint32_t id = 0;
  uint32_t keep = 0;
};

std::string MiBText(uint64_t bytes) { return std::to_string((bytes + kMiB - 1) / kMiB) + " MiB"; }

ExitCode Create(const BackupWish& wish, Terminal& terminal) {
  if (wish.backups.empty()) {
    return Fail(terminal, {FaultKind::kInvalid, "--data needs --to: where to put the backup"});
  }
  auto store = RocksKv::Open({.directory = wish.data, .families = AllFamilies()});
  if (!store.ok()) {
    ExitCode code = Fail(terminal, store.fault());
    if (store.fault().kind == FaultKind::kUnavailable) {
      terminal.err << "A running server backs itself up: leave out --data, name it by --server.\n";
    }
    return code;
  }
  auto head = HeadFile::Read(HeadPath(wish.data));
  if (!head.ok()) return Fail(terminal, head.fault());
  const BackupSource source{
      .store = *store.value(), .data_directory = wish.data, .head = head.value()};
  auto made = BackUpData(source, wish.backups, [&](uint64_t bytes) {
    if (terminal.audience == Audience::kPerson) {
      terminal.err << "\rcopied " << MiBText(bytes) << std::flush;
    }
  });
  if (terminal.audience == Audience::kPerson) terminal.err << '\n';
  if (!made.ok()) return Fail(terminal, made.fault());
  if (auto listed = CarryForgotten(wish.data, wish.backups); !listed.ok()) {
    return Fail(terminal, listed.fault());
  }
  terminal.out << "backup " << made.value().id << " in " << wish.backups << ": "
               << MiBText(made.value().bytes) << ", log until command "
               << made.value().head.sequence.value << '\n';
  return ExitCode::kOk;
}

ExitCode List(const BackupWish& wish, Terminal& terminal) {
  auto list = ListBackups(wish.backups);
  if (!list.ok()) return Fail(terminal, list.fault());
  Table table({"ID", "MADE", "SIZE", "FILES", "LOG UNTIL"});
  for (const Backup& backup : list.value().backups) {
    table.Add({std::to_string(backup.id), TimeText(backup.created_at), MiBText(backup.bytes),
               std::to_string(backup.files), std::to_string(backup.head.sequence.value)});
  }
  if (table.empty()) terminal.out << "nothing\n";
  if (!table.empty()) table.Print(terminal.out);
  for (uint32_t id : list.value().damaged) {
    terminal.err << wish.backups << ": the description of backup " << id << " cannot be read\n";
  }
  return list.value().damaged.empty() ? ExitCode::kOk : ExitCode::kCheckFailed;
}

// Verifies one, or with id 0 each of them.
ExitCode Verify(const BackupWish& wish, Terminal& terminal) {
  auto list = ListBackups(wish.backups);
  if (!list.ok()) return Fail(terminal, list.fault());
  std::vector<uint32_t> ids = list.value().damaged;
  for (const Backup& backup : list.value().backups) ids.push_back(backup.id);
  if (wish.id != 0) ids = {wish.id};
  ExitCode worst = ExitCode::kOk;
  for (uint32_t id : ids) {
    auto verified = VerifyDataBackup(wish.backups, id);
    if (verified.ok()) {
      terminal.out << "backup " << id << ": whole\n";
    } else {
      worst = std::max(worst, Fail(terminal, verified.fault()));
    }
  }
  if (ids.empty()) terminal.out << "nothing\n";
  return worst;
}

ExitCode Restore(const BackupWish& wish, Terminal& terminal) {
  auto restored = RestoreData(wish.backups, wish.id, wish.data);
  if (!restored.ok()) return Fail(terminal, restored.fault());
  if (auto forgot = ForgetInRestored(wish.data); !forgot.ok()) {
    return Fail(terminal, forgot.fault());
  }
  terminal.out << "backup " << wish.id << " restored into " << wish.data
               << "; its master key comes from where it is kept\n";
  return ExitCode::kOk;
}

ExitCode Purge(const BackupWish& wish, Terminal& terminal) {
  auto purged = PurgeDataBackups(wish.backups, wish.keep);
  if (!purged.ok()) return Fail(terminal, purged.fault());
  return List(wish, terminal);
}

}  // namespace

void AddBackupCommands(CommandTree& tree) {
  auto wish = std::make_shared<BackupWish>();
  CLI::App& create = tree.Find("backup create");
  CLI::Option& data =
      *create.add_option("--data", wish->data, "A data directory that no server is running on");
  create.add_option("--to", wish->backups, "With --data: the directory of the backups");
  tree.AddAlternative(create, data, [wish](Terminal& terminal) { return Create(*wish, terminal); });

  CLI::App& list = tree.Add({.words = "backup list",
                             .heading = kHeading,
                             .help = "List the backups in a directory, the oldest first",
                             .example = "onewindow backup list /var/lib/onewindow-backups"},
                            [wish](Terminal& terminal) { return List(*wish, terminal); });
  CLI::App& verify =
      tree.Add({.words = "backup verify",
                .heading = kHeading,
                .help = "Read every file of a backup, or of all, and compare",
                .example = "onewindow backup verify /var/lib/onewindow-backups --id 3"},
               [wish](Terminal& terminal) { return Verify(*wish, terminal); });
  verify.add_option("--id", wish->id, "Which backup; default: each of them");
  CLI::App& restore =
      tree.Add({.words = "backup restore",
                .heading = kHeading,
                .help = "Make a data directory from a backup, after verifying it",
                .example = "onewindow backup restore /var/lib/onewindow-backups --id 3 --data "
                           "/var/lib/onewindow"},
               [wish](Terminal& terminal) { return Restore(*wish, terminal); });
  restore.add_option("--id", wish->id, "Which backup")->required();
  restore.add_option("--data", wish->data, "A directory that is empty or not there")->required();
  CLI::App& purge =
      tree.Add({.words = "backup purge",
                .heading = kHeading,
                .help = "Delete all backups but the newest, and list what is kept",
                .example = "onewindow backup purge /var/lib/onewindow-backups --keep 14"},
               [wish](Terminal& terminal) { return Purge(*wish, terminal); });
  purge.add_option("--keep", wish->keep, "How many")->required()->check(CLI::PositiveNumber);
  for (CLI::App* app : {&list, &verify, &restore, &purge}) {
    app->add_option("DIR", wish->backups, "The directory of the backups")->required();
  }
}

}  // namespace onewindow
