#include "services/onewindow/item_commands.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/item_catalogues/item_import.h"
#include "engine/base/instant.h"
#include "engine/catalog/read_item.h"
#include "engine/runtime/time_source.h"
#include "services/onewindow/answers.h"
#include "services/onewindow/calls.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/desk_check.h"
#include "services/onewindow/files.h"
#include "services/onewindow/item_difference.h"
#include "services/onewindow/item_views.h"
#include "services/onewindow/sample_case.h"

namespace onewindow {
namespace {

constexpr char kHeading[] = "Documents";

// When a day is named without a time of day.
constexpr std::chrono::hours kWindowOpens{9};

struct ImportWish {
  std::string catalogue;
  std::string out;
  TextEncoding encoding = TextEncoding::kUtf8;
};

struct SimulateWish {
  std::string file;
  std::string county;
  std::string received;
  std::vector<std::string> form;
};

Problem ProblemInLine(const std::string& file, uint32_t line, uint32_t column,
                      const std::string& message) {
  return {file, static_cast<int>(line), static_cast<int>(column), message};
}

void PrintWarnings(const ItemImportReport& report, const std::string& file, Terminal& terminal) {
  for (const auto& doubtful : report.doubtful_codes()) {
    PrintProblems(terminal.err, "warning",
                  {ProblemInLine(file, doubtful.first_line(), 1,
                                 doubtful.column() + ": `" + doubtful.code() +
                                     "` is no 统一社会信用代码 (GB 32100); drafts with it: " +
                                     std::to_string(doubtful.drafts()))});
  }
}

ExitCode Import(const Calls& calls, const ImportWish& wish, Terminal& terminal) {
  auto report_row = [&](const ItemImportReport::UnusableRow& row) {
    PrintProblems(terminal.err, "error",
                  {ProblemInLine(wish.catalogue, row.line(), row.column(), row.reason())});
  };
  auto imported = ImportItems({.catalogue = wish.catalogue,
                               .encoding = wish.encoding,
                               .out = wish.out,
                               .on_unusable = report_row});
  if (!imported.ok()) return Fail(terminal, imported.fault());
  const ItemImportReport& report = imported.value();
  PrintWarnings(report, wish.catalogue, terminal);
  if (calls.options.output == Output::kJson) {
    terminal.out << AnswerJson(report, JsonLines::kMany) << '\n';
  } else {
    terminal.out << report.rows() << " rows: " << report.drafts() << " drafts in " << wish.out
                 << ", " << report.unusable_size() << " rows unusable; "
                 << report.doubtful_codes_size() << " codes in doubt\n";
  }
  return report.unusable().empty() ? ExitCode::kOk : ExitCode::kCheckFailed;
}

// The item, or how the command ends where there is no sound one.
using ItemOrEnd = std::variant<ServiceItem, ExitCode>;
ItemOrEnd ReadSoundItem(const std::string& path, Terminal& terminal) {
  auto text = ReadWholeFile(path);
  if (!text.ok()) return Fail(terminal, text.fault());
  ItemDocument document = ReadItem({.file = path, .text = text.value()});
  PrintProblems(terminal.err, "error", document.errors);
  PrintProblems(terminal.err, "warning", document.warnings);
  if (!document.ok()) return ExitCode::kCheckFailed;
  return std::move(document.item);
}

ExitCode Diff(const Calls& calls, const std::string& before, const std::string& after,
              Terminal& terminal) {
  const ItemOrEnd old_item = ReadSoundItem(before, terminal);
  if (auto* ended = std::get_if<ExitCode>(&old_item)) return *ended;
  const ItemOrEnd new_item = ReadSoundItem(after, terminal);
  if (auto* ended = std::get_if<ExitCode>(&new_item)) return *ended;
  const ItemDifference difference =
      CompareItems(std::get<ServiceItem>(old_item), std::get<ServiceItem>(new_item));
  if (calls.options.output == Output::kJson) {
    terminal.out << AnswerJson(difference, JsonLines::kMany) << '\n';
  } else {
    PrintDifference(difference, terminal.out);
  }
  return ExitCode::kOk;
}

// A day, or a time of day in Beijing.
std::optional<Instant> ReadReceived(const std::string& text) {
  if (text.empty()) return SystemTime().Now();
  if (auto date = ParseDate(text)) return StartOf(*date, kBeijing) + kWindowOpens;
  return ParseInstant(text, kBeijing);
}

Result<SampleWish> SampleOf(const Calls& calls, const SimulateWish& wish) {
  auto received = ReadReceived(wish.received);
  if (!received) {
    return Fault{FaultKind::kInvalid,
                 "--received: expected a day such as 2026-03-02, or with a "
                 "time 2026-03-02T14:30, but got `" +
                     wish.received + "`"};
  }
  SampleWish sample{.received = *received, .position = calls.options.position, .form = {}};
  for (const std::string& field : wish.form) {
    size_t equals = field.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Fault{FaultKind::kInvalid, "--form: expected NAME=VALUE, but got `" + field + "`"};
    }
    FormField& filled = sample.form.emplace_back();
    filled.set_name(field.substr(0, equals));
    filled.mutable_value()->set_text(field.substr(equals + 1));
  }
  return sample;
}

ExitCode Simulate(const Calls& calls, const SimulateWish& wish, Terminal& terminal) {
  auto sample = SampleOf(calls, wish);
  if (!sample.ok()) return Fail(terminal, sample.fault());
  const ItemOrEnd item = ReadSoundItem(wish.file, terminal);
  if (auto* ended = std::get_if<ExitCode>(&item)) return *ended;
  auto county = ReadDeskCounty(wish.county);
  if (!county.ok()) return Fail(terminal, county.fault());
  const ItemSimulation simulation =
      SimulateItem(std::get<ServiceItem>(item), county.value(), sample.value());
  if (calls.options.output == Output::kJson) {
    terminal.out << AnswerJson(simulation, JsonLines::kMany) << '\n';
  } else {
    PrintSimulation(simulation, terminal.out);
  }
  if (!simulation.has_obstacle()) return ExitCode::kOk;
  const auto& obstacle = simulation.obstacle();
  Complain(terminal, "the way ends at " + obstacle.command() +
                         (obstacle.step().empty() ? "" : " of " + obstacle.step()) + ": " +
                         Reason_Name(obstacle.reason()) + ": " + obstacle.text());
  return ExitCode::kCheckFailed;
}

void AddImport(CommandTree& tree, const std::shared_ptr<const Calls>& calls) {
  auto wish = std::make_shared<ImportWish>();
  CLI::App& app = tree.Add(
      {.words = "item import",
       .heading = kHeading,
       .help = "Make a draft of every usable row of a catalogue of items (CSV), and list the rest; "
               "ends with 3 where a row is unusable",
       .example = "onewindow item import catalogue.csv --out drafts"},
      [calls, wish](Terminal& terminal) { return Import(*calls, *wish, terminal); });
  app.add_option("CSV", wish->catalogue,
                 "Its columns: department, main_item, name, item_code, task_type, area_code, "
                 "dept_code")
      ->required();
  app.add_option("--out", wish->out, "A new or empty folder for the documents")->required();
  app.add_option_function<std::string>(
         "--encoding",
         [wish](const std::string& name) {
           wish->encoding = name == "utf-8" ? TextEncoding::kUtf8 : TextEncoding::kGb18030;
         },
         "utf-8 or gb18030 (with GBK and GB2312); default: utf-8")
      ->check(CLI::IsMember({"utf-8", "gb18030"}));
}

void AddDiff(CommandTree& tree, const std::shared_ptr<const Calls>& calls) {
  auto before = std::make_shared<std::string>();
  auto after = std::make_shared<std::string>();
  CLI::App& app = tree.Add({.words = "item diff",
                            .heading = kHeading,
                            .help = "Compare two versions of an item by meaning: limits, steps, "
                                    "materials, performers",
                            .example = "onewindow item diff senior-card.yaml new/senior-card.yaml"},
                           [calls, before, after](Terminal& terminal) {
                             return Diff(*calls, *before, *after, terminal);
                           });
  app.add_option("OLD", *before, "The document as it was")->required();
  app.add_option("NEW", *after, "The document as it is to be")->required();
}

void AddSimulate(CommandTree& tree, const std::shared_ptr<const Calls>& calls) {
  auto wish = std::make_shared<SimulateWish>();
  CLI::App& app = tree.Add(
      {.words = "item simulate",
       .heading = kHeading,
       .help = "Let a sample case go its usual way through an item, each step on the last day of "
               "its limit, and show the dates of every clock",
       .example = "onewindow item simulate deploy/demo-county/items/senior-card.yaml "
                  "--county deploy/demo-county --received 2026-09-28"},
      [calls, wish](Terminal& terminal) { return Simulate(*calls, *wish, terminal); });
  app.add_option("FILE", wish->file, "The document")->required();
  app.add_option("--county", wish->county,
                 "Documents of the county, such as deploy/demo-county: who performs the steps")
      ->envname("ONEWINDOW_DESK_COUNTY")
      ->required();
  app.add_option("--received", wish->received,
                 "When it is taken in: a day (at 09:00) or a time; default: now");
  app.add_option("--form", wish->form, "A field of the form, as NAME=VALUE; may be repeated")
      ->allow_extra_args(false);
}

}  // namespace

void AddItemCommands(CommandTree& tree, std::shared_ptr<const Calls> calls) {
  AddImport(tree, calls);
  AddDiff(tree, calls);
  AddSimulate(tree, calls);
}

}  // namespace onewindow
