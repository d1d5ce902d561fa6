#include "services/onewindow/replay_command.h"

#include <google/protobuf/util/json_util.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include "adapters/event_logs/log_mapping.h"
#include "adapters/event_logs/replay.h"
#include "engine/calendar/calendar_document.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/progress_bar.h"
#include "services/onewindow/share.h"

namespace onewindow {
namespace {

struct ReplayWish {
  std::string log;
  std::string mapping;
  std::string data;
  std::string report;
  std::string calendar;
};

std::string AsJson(const ReplayReport& report) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string json;
  auto status = google::protobuf::util::MessageToJsonString(report, &json, options);
  CHECK(status.ok()) << status.ToString();
  return json;
}

Status WriteReport(const std::string& path, const ReplayReport& report) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << AsJson(report);
  file.close();
  if (file) return {};
  return Fault{FaultKind::kIo, "cannot write " + path};
}

std::string Hours(double hours) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f h", hours);
  return text;
}

// The figures in short; the whole is in the report.
void PrintFigures(const ReplayReport& report, std::ostream& out) {
  const DurationHours& durations = report.duration_hours();
  out << "cases " << report.cases() << ", finished " << report.finished() << ", open "
      << report.open() << ", late " << report.late() << '\n';
  out << "events " << report.events() << ": on the route " << report.route_steps()
      << ", off the route " << report.off_route() << ", before the start " << report.before_start()
      << ", after the end " << report.after_end() << '\n';
  for (const char* colour : {"yellow", "red"}) {
    out << colour << " cards " << report.cards().at(colour) << '\n';
  }
  out << "from start to end: mean " << Hours(durations.mean()) << ", half within "
      << Hours(durations.p50()) << ", 90 % within " << Hours(durations.p90()) << ", 95 % within "
      << Hours(durations.p95()) << ", at most " << Hours(durations.max()) << '\n';
  out << "not used: " << report.unusable_rows() << " rows, " << report.contradictions()
      << " contradictions\n";
}

Result<ReplayOptions> OptionsOf(const ReplayWish& wish) {
  ReplayOptions options;
  options.log = wish.log;
  options.data_directory = wish.data;
  Result<LogMapping> mapping = LoadLogMapping(wish.mapping);
  if (!mapping.ok()) return mapping.fault();
  options.mapping = std::move(mapping).value();
  Result<std::filesystem::path> directory =
      CalendarDirectory(wish.calendar.empty() ? options.mapping.calendar() : wish.calendar);
  if (!directory.ok()) return directory.fault();
  Loaded<Calendar> calendar = ReadCalendarDirectory(directory.value());
  if (!calendar.ok()) return AsFault(calendar.problems);
  options.calendar = std::move(calendar.message);
  options.mapping.set_calendar(options.calendar.id());
  return options;
}

ExitCode Run(const ReplayWish& wish, Terminal& terminal) {
  Result<ReplayOptions> prepared = OptionsOf(wish);
  if (!prepared.ok()) return Fail(terminal, prepared.fault());
  ReplayOptions& options = prepared.value();
  options.on_problem = [&](const RowProblem& problem) {
    terminal.err << wish.log << ':' << problem.position.line << ':' << problem.position.column
                 << ": " << problem.reason << '\n';
  };
  ProgressBar reading(terminal, "reading");
  ProgressBar living(terminal, "replaying");
  options.on_progress = [&](const ReplayProgress& progress) {
    ProgressBar& bar = progress.phase == ReplayProgress::Phase::kReading ? reading : living;
    bar.Show(progress.done, progress.total);
  };

  Result<Replayed> replayed = Replay(options);
  if (!replayed.ok()) return Fail(terminal, replayed.fault());
  const ReplayReport& report = replayed.value().report;
  PrintFigures(report, terminal.out);
  if (!wish.report.empty()) {
    if (Status written = WriteReport(wish.report, report); !written.ok()) {
      return Fail(terminal, written.fault());
    }
  }
  if (replayed.value().broken) Complain(terminal, replayed.value().broken->message);
  bool all_used = report.unusable_rows() == 0 && report.contradictions() == 0;
  return all_used && !replayed.value().broken ? ExitCode::kOk : ExitCode::kCheckFailed;
}

}  // namespace

void AddReplayCommand(CommandTree& tree) {
  auto wish = std::make_shared<ReplayWish>();
  CLI::App& replay =
      tree.Add({.words = "replay",
                .heading = "Data",
                .help = "Live the cases of a log (CSV or XES, plain or gzipped) through the engine "
                        "in virtual time",
                .example = "onewindow replay --log deploy/mappings/desk-log.csv --mapping "
                           "deploy/mappings/desk-log.yaml --data replayed --report report.json"},
               [wish](Terminal& terminal) { return Run(*wish, terminal); });
  replay.add_option("--log", wish->log, "The log")->required();
  replay.add_option("--mapping", wish->mapping, "What its columns mean; see deploy/mappings")
      ->required();
  replay.add_option("--data", wish->data, "A new data directory; a server can serve it afterwards")
      ->required();
  replay.add_option("--report", wish->report, "Where to write the figures, as JSON");
  replay.add_option("--calendar", wish->calendar,
                    "Another calendar than the mapping's: a directory, or the name of one that "
                    "ships");
}

}  // namespace onewindow
