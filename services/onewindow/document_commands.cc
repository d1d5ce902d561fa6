#include <CLI/CLI.hpp>
#include <memory>

#include "engine/catalog/read_item.h"
#include "engine/organisation/read_chart.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/files.h"
#include "services/onewindow/offline_commands.h"

namespace onewindow {
namespace {

// Reads each document, prints what is wrong with it, and sums up.
template <typename Read>
ExitCode CheckDocuments(const std::vector<std::string>& paths, const char* what, const Read& read,
                        Terminal& terminal) {
  auto files = DocumentFiles(paths);
  if (!files.ok()) return Fail(terminal, files.fault());
  size_t errors = 0;
  size_t warnings = 0;
  for (const auto& file : files.value()) {
    auto text = ReadWholeFile(file);
    if (!text.ok()) return Fail(terminal, text.fault());
    auto document = read(YamlText{.file = file.string(), .text = text.value()});
    PrintProblems(terminal.err, "error", document.errors);
    PrintProblems(terminal.err, "warning", document.warnings);
    errors += document.errors.size();
    warnings += document.warnings.size();
  }
  terminal.out << files.value().size() << ' ' << what << (files.value().size() == 1 ? "" : "s")
               << " checked: " << errors << " errors, " << warnings << " warnings\n";
  return errors == 0 ? ExitCode::kOk : ExitCode::kCheckFailed;
}

}  // namespace

void AddDocumentCommands(CommandTree& tree) {
  auto items = std::make_shared<std::vector<std::string>>();
  CLI::App& item = tree.Add(
      {.words = "item check",
       .heading = "Documents",
       .help = "Check documents of service items: errors forbid publishing, warnings are "
               "contradictions worth a look",
       .example = "onewindow item check deploy/demo-county/items"},
      [items](Terminal& terminal) { return CheckDocuments(*items, "item", ReadItem, terminal); });
  item.add_option("FILE", *items, "Documents, or directories of them")->required();

  auto charts = std::make_shared<std::vector<std::string>>();
  CLI::App& organisation = tree.Add({.words = "organisation check",
                                     .heading = "Documents",
                                     .help = "Check documents of organisation charts",
                                     .example = "onewindow organisation check "
                                                "deploy/demo-county/organisation.yaml"},
                                    [charts](Terminal& terminal) {
                                      return CheckDocuments(*charts, "chart", ReadChart, terminal);
                                    });
  organisation.add_option("FILE", *charts, "Documents, or directories of them")->required();
}

}  // namespace onewindow
