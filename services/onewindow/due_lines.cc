#include "services/onewindow/due_lines.h"

#include <charconv>
#include <string>
#include <vector>

#include "engine/base/limits.h"

namespace onewindow {
namespace {

constexpr char kSource[] = "stdin";
constexpr Date kLastDate = MakeDate(9999, 12, 31);

struct Word {
  std::string_view text;
  int column;  // From 1, in bytes: all that is valid before it is ASCII.
};

std::vector<Word> WordsOf(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r";
  std::vector<Word> words;
  for (size_t from = line.find_first_not_of(kBlanks); from != line.npos;) {
    size_t until = std::min(line.find_first_of(kBlanks, from), line.size());
    words.push_back({line.substr(from, until - from), static_cast<int>(from) + 1});
    from = line.find_first_not_of(kBlanks, until);
  }
  return words;
}

std::optional<int> AmountOf(std::string_view text) {
  int amount = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (amount < 0 || amount > kLimitAmountMax || text.front() == '-') return std::nullopt;
  return amount;
}

DueAnswer Unusable(int column, std::string message) {
  return {.due = {}, .problems = {{kSource, 1, column, std::move(message)}}};
}

}  // namespace

DueAnswer AnswerDueLine(const WorkingCalendar& calendar, std::string_view line) {
  auto words = WordsOf(line);
  int end = static_cast<int>(line.find_last_not_of(" \t\r") + 1) + 1;
  if (words.empty()) return Unusable(1, "expected a date and a number of days");
  auto start = ParseDate(words[0].text);
  if (!start) return Unusable(words[0].column, "expected a date such as `2025-09-26`");
  if (auto covered = calendar.Covers(*start); !covered.ok()) {
    return Unusable(words[0].column, covered.fault().message);
  }
  if (words.size() < 2) return Unusable(end, "expected a number of days behind the date");
  auto amount = AmountOf(words[1].text);
  if (!amount) {
    return Unusable(words[1].column,
                    "expected a whole number of days from 0 to " + std::to_string(kLimitAmountMax));
  }
  if (words.size() > 2 && words[2].text != "calendar") {
    return Unusable(words[2].column, "expected `calendar` for calendar days, or nothing");
  }
  if (words.size() > 3) return Unusable(words[3].column, "expected the end of the line");

  Date due = words.size() > 2
                 ? calendar.AddCalendarDays(*start, *amount, LastDayOfRest::kRollsForward)
                 : calendar.AddWorkingDays(*start, *amount);
  if (due > kLastDate)
    return Unusable(words[1].column, "expected a due date before the year 10000");
  return {.due = {.date = due, .provisional = !calendar.IsPublished(due)}, .problems = {}};
}

size_t AnswerDueLines(const WorkingCalendar& calendar, std::istream& in, std::ostream& out,
                      std::ostream& err) {
  size_t unusable = 0;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    DueAnswer answer = AnswerDueLine(calendar, line);
    for (Problem& problem : answer.problems) {
      problem.line = number;
      err << FormatProblem(problem) << '\n';
    }
    unusable += answer.problems.size();
    if (!answer.problems.empty()) continue;
    out << FormatDate(answer.due.date) << (answer.due.provisional ? " provisional\n" : "\n");
  }
  return unusable;
}

}  // namespace onewindow
