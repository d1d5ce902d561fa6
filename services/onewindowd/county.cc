#include "services/onewindowd/county.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "engine/calendar/calendar_document.h"
#include "engine/catalog/read_item.h"
#include "engine/organisation/read_chart.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

Result<std::string> ReadText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return Fault{FaultKind::kInvalid, path.string() + ": cannot be read"};
  return text;
}

Result<std::vector<ServiceItem>> ReadItems(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  if (error) return Fault{FaultKind::kInvalid, directory.string() + ": " + error.message()};
  std::sort(files.begin(), files.end());

  std::vector<ServiceItem> items;
  for (const fs::path& path : files) {
    auto text = ReadText(path);
    if (!text.ok()) return text.fault();
    ItemDocument document = ReadItem({.file = path.string(), .text = text.value()});
    if (!document.ok()) return AsFault(document.errors);
    items.push_back(std::move(document.item));
  }
  return items;
}

Result<Calendar> ReadNamedCalendar(const fs::path& county, const std::string& id) {
  const fs::path own = county / "calendars" / id;
  const fs::path beside = fs::absolute(county).lexically_normal().parent_path() / "calendars" / id;
  auto loaded = ReadCalendarDirectory(fs::exists(own) ? own : beside);
  if (!loaded.ok()) return AsFault(loaded.problems);
  return std::move(loaded.message);
}

}  // namespace

Result<County> ReadCounty(const std::string& directory) {
  // Without a slash at its end, so that "beside" is beside.
  fs::path root = directory;
  if (!root.has_filename()) root = root.parent_path();

  County county;
  auto text = ReadText(root / "organisation.yaml");
  if (!text.ok()) return text.fault();
  const std::string file = (root / "organisation.yaml").string();
  ChartDocument chart = ReadChart({.file = file, .text = text.value()});
  if (!chart.ok()) return AsFault(chart.errors);
  county.chart = std::move(chart.chart);

  auto items = ReadItems(root / "items");
  if (!items.ok()) return items.fault();
  county.items = std::move(items).value();

  std::set<std::string> calendars;
  for (const ServiceItem& item : county.items) calendars.insert(item.calendar());
  for (const std::string& id : calendars) {
    auto calendar = ReadNamedCalendar(root, id);
    if (!calendar.ok()) return calendar.fault();
    county.calendars.push_back(std::move(calendar).value());
  }
  return county;
}

}  // namespace onewindow
