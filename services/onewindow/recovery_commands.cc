#include <CLI/CLI.hpp>
#include <memory>

#include "engine/kv/data_directory.h"
#include "engine/kv/head_file.h"
#include "engine/kv/rocks_kv.h"
#include "engine/runtime/verify.h"
#include "engine/tables/schema.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/log_survey.h"
#include "services/onewindow/offline_commands.h"
#include "services/onewindow/progress_bar.h"

namespace onewindow {
namespace {

constexpr char kHeading[] = "Data";

ExitCode Verify(const std::string& directory, Terminal& terminal) {
  ProgressBar progress(terminal, "verify");
  auto report = VerifyData(
      directory, [&](const VerifyProgress& seen) { progress.Show(seen.commands, seen.expected); });
  if (!report.ok()) return Fail(terminal, report.fault());
  for (const VerifyFinding& finding : report.value().findings) {
    terminal.err << directory << ": " << finding.where << ": " << finding.what << '\n';
  }
  terminal.out << report.value().commands << " commands, " << report.value().open_cases
               << " open cases, " << report.value().closed_cases << " closed cases, "
               << report.value().files << " files: ";
  if (report.value().ok()) {
    terminal.out << "all as the log makes it\n";
    return ExitCode::kOk;
  }
  terminal.out << report.value().findings_in_all << " findings\n";
  return ExitCode::kCheckFailed;
}

// What stands in HEAD, for people.
void PrintHead(const Result<Head>& head, Terminal& terminal) {
  terminal.out << "HEAD    ";
  if (head.ok()) {
    terminal.out << "the log reached command " << head.value().sequence.value << '\n';
  } else {
    terminal.out << head.fault().message << '\n';
  }
}

void PrintSurvey(const LogSurvey& survey, Terminal& terminal) {
  terminal.out << "log     ";
  if (survey.whole_until) {
    terminal.out << "whole from command 1 to " << survey.whole_until.value << '\n';
  } else {
    terminal.out << "nothing whole\n";
  }
  if (!survey.unbroken()) {
    terminal.out << "        then: " << survey.broken_by << "; " << survey.behind
                 << " more commands can be read\n";
  }
}

// Says what is whole. What is not comes back from a backup only: this changes nothing.
ExitCode Recover(const std::string& directory, Terminal& terminal) {
  auto format = ReadFormat(directory);
  if (!format.ok()) return Fail(terminal, format.fault());
  terminal.out << "FORMAT  " << format.value() << '\n';
  auto head = HeadFile::Read(HeadPath(directory));
  PrintHead(head, terminal);
  auto store = RocksKv::Open({.directory = directory,
                              .families = AllFamilies(),
                              .access = Access::kReadOnly,
                              .free_bytes_min = 0});
  if (!store.ok()) return Fail(terminal, store.fault());
  auto survey = SurveyLog(*store.value());
  if (!survey.ok()) return Fail(terminal, survey.fault());
  PrintSurvey(survey.value(), terminal);
  if (auto files = store.value()->VerifyFiles(); files.ok()) {
    terminal.out << "files   whole\n";
  } else {
    terminal.out << "files   " << files.fault().message << '\n';
    return ExitCode::kCheckFailed;
  }
  bool reaches = head.ok() && survey.value().whole_until >= head.value().sequence;
  if (reaches && survey.value().unbroken()) return ExitCode::kOk;
  terminal.out << "Acknowledged commands are missing. Keep a copy of this directory, and restore "
                  "the newest backup that reaches further (onewindow backup list).\n";
  return ExitCode::kCheckFailed;
}

}  // namespace

void AddRecoveryCommands(CommandTree& tree) {
  auto verified = std::make_shared<std::string>();
  CLI::App& verify = tree.Add(
      {.words = "verify",
       .heading = kHeading,
       .help = "Make everything again from the log of a server that stands still, and compare",
       .example = "onewindow verify --data /var/lib/onewindow"},
      [verified](Terminal& terminal) { return Verify(*verified, terminal); });
  verify.add_option("--data", *verified, "The data directory")->required();

  auto recovered = std::make_shared<std::string>();
  CLI::App& recover = tree.Add(
      {.words = "recover",
       .heading = kHeading,
       .help = "Say what is whole in a data directory that the server refuses; changes nothing",
       .example = "onewindow recover --data /var/lib/onewindow"},
      [recovered](Terminal& terminal) { return Recover(*recovered, terminal); });
  recover.add_option("--data", *recovered, "The data directory")->required();
}

}  // namespace onewindow
