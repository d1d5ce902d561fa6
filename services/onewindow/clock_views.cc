#include "services/onewindow/clock_views.h"

#include "services/onewindow/display_width.h"
#include "services/onewindow/table.h"
#include "services/onewindow/value_text.h"

namespace onewindow {
namespace {

std::string OrEmpty(uint64_t number) { return number == 0 ? "" : std::to_string(number); }

void PrintDays(const ClockExplanation& explanation, std::ostream& out) {
  if (explanation.days_size() == 0) return;
  Table table({"DAY", "VERDICT", "NAME", "NO", "MINUTES", "BY COMMAND"});
  for (const ClockDay& day : explanation.days()) {
    table.Add({day.date(), TextAt(day, "verdict"), day.name(), OrEmpty(day.ordinal()),
               OrEmpty(day.minutes()), OrEmpty(day.by())});
  }
  table.Print(out);
}

void PrintExplanation(const ClockExplanation& explanation, std::ostream& out) {
  const Clock& clock = explanation.clock();
  out << "clock " << clock.id() << "  " << TextAt(clock, "kind");
  if (!clock.subject().empty()) out << ' ' << OneLine(clock.subject());
  out << "  " << TextAt(explanation, "state") << "  " << TextAt(explanation, "light") << "  budget "
      << explanation.budget() << "  consumed " << explanation.consumed() << "  left "
      << explanation.remaining();
  std::string due = TextAt(explanation, "due_at");
  if (!due.empty()) out << "  due " << due;
  if (explanation.provisional()) out << " provisional";
  out << '\n';
  if (!explanation.text().empty()) out << explanation.text() << '\n';
  PrintDays(explanation, out);
}

std::vector<std::string> TimesCells(const std::string& item, const ProcessingTimesRow& row) {
  auto text = [&](const DurationStatistics& statistics, double seconds) {
    bool nothing = row.finished() == 0 || statistics.max() == 0;
    return nothing ? std::string() : SecondsText(seconds);
  };
  return {item,
          row.department(),
          row.township(),
          std::to_string(row.received()),
          std::to_string(row.finished()),
          std::to_string(row.on_time()),
          std::to_string(row.late()),
          text(row.wall(), row.wall().mean()),
          text(row.wall(), row.wall().p50()),
          text(row.wall(), row.wall().p90()),
          text(row.wall(), row.wall().max()),
          text(row.working(), row.working().mean()),
          text(row.working(), row.working().p90())};
}

std::vector<std::string> LateCells(const std::string& organisation, const LateEntriesRow& row) {
  auto text = [&](double seconds) {
    return row.entries() == 0 ? std::string() : SecondsText(seconds);
  };
  return {organisation,
          row.organisation_name(),
          std::to_string(row.entries()),
          text(static_cast<double>(row.gap_seconds())),
          text(row.gap().mean()),
          text(row.gap().p90()),
          text(row.gap().max())};
}

}  // namespace

void PrintExplanations(const ExplainResponse& answer, std::ostream& out) {
  for (int i = 0; i < answer.explanations_size(); ++i) {
    if (i > 0) out << '\n';
    PrintExplanation(answer.explanations(i), out);
  }
  if (answer.explanations_size() == 0) out << "nothing\n";
}

void PrintProcessingTimes(const GetProcessingTimesResponse& answer, std::ostream& out) {
  Table table({"ITEM", "DEPARTMENT", "TOWNSHIP", "RECEIVED", "FINISHED", "ON TIME", "LATE", "MEAN",
               "P50", "P90", "MAX", "WORKING MEAN", "WORKING P90"});
  for (const ProcessingTimesRow& row : answer.rows()) table.Add(TimesCells(row.item(), row));
  table.Add(TimesCells("all", answer.total()));
  table.Print(out);
}

void PrintLateEntries(const GetLateEntriesResponse& answer, std::ostream& out) {
  Table table({"ORGANISATION", "NAME", "ENTRIES", "LATE BY", "MEAN", "P90", "MAX"});
  for (const LateEntriesRow& row : answer.rows()) table.Add(LateCells(row.organisation(), row));
  table.Add(LateCells("all", answer.total()));
  table.Print(out);
}

}  // namespace onewindow
