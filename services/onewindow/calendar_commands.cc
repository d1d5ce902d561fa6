#include <CLI/CLI.hpp>
#include <array>
#include <fstream>
#include <memory>

#include "engine/calendar/calendar_document.h"
#include "engine/calendar/working_calendar.h"
#include "engine/yaml/write.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/due_lines.h"
#include "services/onewindow/files.h"
#include "services/onewindow/offline_commands.h"
#include "services/onewindow/share.h"
#include "services/onewindow/table.h"

namespace onewindow {
namespace {

constexpr char kHeading[] = "Calendars";
constexpr char kDefaultCalendar[] = "china";

// Runs `use` with the calendar, or says why there is none.
ExitCode WithCalendar(const std::string& path_or_name, Terminal& terminal,
                      const std::function<ExitCode(const WorkingCalendar&)>& use) {
  auto directory = CalendarDirectory(path_or_name);
  if (!directory.ok()) return Fail(terminal, directory.fault());
  auto loaded = ReadCalendarDirectory(directory.value());
  if (!loaded.ok()) {
    PrintProblems(terminal.err, "error", loaded.problems);
    return ExitCode::kCheckFailed;
  }
  return use(WorkingCalendar::Make(loaded.message).value());
}

ExitCode Due(const std::string& calendar, Terminal& terminal) {
  return WithCalendar(calendar, terminal, [&](const WorkingCalendar& days) {
    size_t unusable = AnswerDueLines(days, terminal.in, terminal.out, terminal.err);
    return unusable == 0 ? ExitCode::kOk : ExitCode::kCheckFailed;
  });
}

std::string KindText(DayKind kind) {
  switch (kind) {
    case DayKind::kWorkday:
      return "workday";
    case DayKind::kMakeUp:
      return "make-up workday 调休上班";
    case DayKind::kWeekend:
      return "weekend";
    case DayKind::kHoliday:
      return "holiday 放假";
  }
  CHECK(false) << "a day of no kind";
}

std::string WeekdayText(Date date) {
  constexpr std::array<const char*, 7> kNames{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  return kNames[IsoWeekday(date) - 1];
}

ExitCode PrintYear(const WorkingCalendar& calendar, int year, Terminal& terminal) {
  Date first = MakeDate(year, 1, 1);
  Date last = MakeDate(year, 12, 31);
  if (first < calendar.first_day() || !calendar.IsPublished(last)) {
    return Fail(terminal,
                {FaultKind::kNotFound, "calendar `" + calendar.id() + "` is published from " +
                                           FormatDate(calendar.first_day()) + " to " +
                                           FormatDate(calendar.last_published_day())});
  }
  Date eve = first - std::chrono::days(1);
  terminal.out << calendar.id() << ' ' << year << ": " << calendar.WorkingDaysBetween(eve, last)
               << " working days\n";
  Table table({"DATE", "DAY", "KIND", "FESTIVAL"});
  for (const ExplainedDay& day : calendar.Explain(eve, last)) {
    if (day.kind == DayKind::kWorkday || day.kind == DayKind::kWeekend) continue;
    table.Add({FormatDate(day.date), WeekdayText(day.date), KindText(day.kind), day.festival});
  }
  table.Print(terminal.out);
  return ExitCode::kOk;
}

ExitCode Check(const std::string& calendar, Terminal& terminal) {
  return WithCalendar(calendar, terminal, [&](const WorkingCalendar& days) {
    terminal.out << days.id() << ": published from " << FormatDate(days.first_day()) << " to "
                 << FormatDate(days.last_published_day()) << ", nothing wrong\n";
    return ExitCode::kOk;
  });
}

ExitCode Import(const std::string& file, Terminal& terminal) {
  auto text = ReadWholeFile(file);
  if (!text.ok()) return Fail(terminal, text.fault());
  auto year = ImportHolidayCn({.file = file, .text = text.value()});
  PrintProblems(terminal.err, "error", year.problems);
  if (!year.ok()) return ExitCode::kCheckFailed;
  terminal.out << WriteYaml(year.message);
  return ExitCode::kOk;
}

void AddCalendarOption(CLI::App& app, std::string& value) {
  app.add_option("--calendar", value, "A calendar's directory, or the name of one that ships")
      ->capture_default_str();
}

}  // namespace

void AddCalendarCommands(CommandTree& tree) {
  auto calendar = std::make_shared<std::string>(kDefaultCalendar);
  CLI::App& due = tree.Add(
      {.words = "calendar due",
       .heading = kHeading,
       .help =
           "Read `YYYY-MM-DD N` lines (working days) or `YYYY-MM-DD N calendar` lines (calendar "
           "days) and write one due date a line",
       .example = "echo '2025-09-26 5' | onewindow calendar due"},
      [calendar](Terminal& terminal) { return Due(*calendar, terminal); });
  AddCalendarOption(due, *calendar);

  auto year = std::make_shared<int>(0);
  CLI::App& show =
      tree.Add({.words = "calendar show",
                .heading = kHeading,
                .help = "Show holidays and make-up workdays of a year, from the documents",
                .example = "onewindow calendar show --year 2026"},
               [calendar, year](Terminal& terminal) {
                 return WithCalendar(*calendar, terminal, [&](const WorkingCalendar& days) {
                   return PrintYear(days, *year, terminal);
                 });
               });
  AddCalendarOption(show, *calendar);
  show.add_option("--year", *year, "Which year")->required()->check(CLI::Range(1900, 2999));

  auto directory = std::make_shared<std::string>();
  CLI::App& check =
      tree.Add({.words = "calendar check",
                .heading = kHeading,
                .help = "Check the documents of a calendar",
                .example = "onewindow calendar check deploy/calendars/china"},
               [directory](Terminal& terminal) { return Check(*directory, terminal); });
  check.add_option("DIR", *directory, "The calendar's directory")->required();

  auto file = std::make_shared<std::string>();
  CLI::App& import = tree.Add(
      {.words = "calendar import",
       .heading = kHeading,
       .help = "Turn a year of holiday-cn (JSON) into a calendar document, on standard output",
       .example = "onewindow calendar import 2027.json > deploy/calendars/china/2027.yaml"},
      [file](Terminal& terminal) { return Import(*file, terminal); });
  import.add_option("FILE", *file, "The JSON file")->required();
}

}  // namespace onewindow
