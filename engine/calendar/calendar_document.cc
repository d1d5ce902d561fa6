#include "engine/calendar/calendar_document.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include "engine/calendar/check_calendar.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

constexpr char kCalendarFile[] = "calendar.yaml";

// "09:30" as minutes after midnight; "24:00" is the end of the day.
std::optional<uint32_t> MinuteOfDay(std::string_view text) {
  auto digit = [&](size_t i) { return static_cast<uint32_t>(text[i] - '0'); };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (size_t i : {0, 1, 3, 4}) {
    if (digit(i) > 9) return std::nullopt;
  }
  uint32_t hour = digit(0) * 10 + digit(1);
  uint32_t minute = digit(3) * 10 + digit(4);
  if (minute > 59 || hour * 60 + minute > 1440) return std::nullopt;
  return hour * 60 + minute;
}

Result<ServiceHours> ReadServiceHours(std::string_view text) {
  auto dash = text.find('-');
  auto from = MinuteOfDay(text.substr(0, dash));
  auto to = dash == text.npos ? std::nullopt : MinuteOfDay(text.substr(dash + 1));
  if (!from || !to) return Fault{FaultKind::kInvalid, "expected hours such as `09:00-12:00`"};
  ServiceHours hours;
  hours.set_from_minute(*from);
  hours.set_to_minute(*to);
  return hours;
}

const Shorthands& CalendarShorthands() {
  static const Shorthands shorthands = Shorthands().Add<ServiceHours>(ReadServiceHours);
  return shorthands;
}

void Append(Problems more, Problems& problems) {
  problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

// What a document on its own may not say, and then what holds of every calendar.
Problems CheckDocument(const Loaded<Calendar>& loaded) {
  Findings findings = CheckCalendar(loaded.message);
  if (loaded.message.version() != 0) {
    findings.push_back({"version", "expected no version; it is given on publication"});
  }
  return loaded.places.Locate(findings);
}

std::optional<std::string> ReadFile(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (!stream.good() && !stream.eof()) return std::nullopt;
  return text;
}

template <typename M>
Loaded<M> LoadFile(const fs::path& path) {
  auto text = ReadFile(path);
  if (text) return LoadYaml<M>({path.string(), *text}, CalendarShorthands());
  Loaded<M> failed;
  failed.problems.push_back({path.string(), 1, 1, "cannot be read"});
  return failed;
}

// The files of a calendar's years in ascending order.
std::vector<fs::path> YearFiles(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code unreadable;  // Then calendar.yaml is missing, which is reported.
  for (const auto& entry : fs::directory_iterator(directory, unreadable)) {
    if (entry.path().extension() == ".yaml" && entry.path().filename() != kCalendarFile) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

void AddYear(const fs::path& file, Loaded<Calendar>& calendar) {
  auto year = LoadFile<CalendarYear>(file);
  if (year.ok() && file.stem() != std::to_string(year.message.year())) {
    year.problems.push_back(ProblemAt(year.places.At("year"),
                                      "expected the year that the file is named after, but found " +
                                          std::to_string(year.message.year())));
  }
  Append(std::move(year.problems), calendar.problems);
  calendar.places.Graft("years[" + std::to_string(calendar.message.years_size()) + "]",
                        year.places);
  *calendar.message.add_years() = std::move(year.message);
}

}  // namespace

Loaded<Calendar> ReadCalendar(const YamlText& source) {
  auto loaded = LoadYaml<Calendar>(source, CalendarShorthands());
  if (loaded.ok()) loaded.problems = CheckDocument(loaded);
  return loaded;
}

Loaded<Calendar> ReadCalendarDirectory(const fs::path& directory) {
  auto loaded = LoadFile<Calendar>(directory / kCalendarFile);
  for (const fs::path& file : YearFiles(directory)) AddYear(file, loaded);
  if (loaded.ok()) loaded.problems = CheckDocument(loaded);
  return loaded;
}

}  // namespace onewindow
