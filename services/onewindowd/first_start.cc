#include "services/onewindowd/first_start.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "engine/calendar/calendar_document.h"
#include "engine/calendar/working_calendar.h"
#include "engine/catalog/catalogue.h"
#include "engine/catalog/read_item.h"
#include "engine/organisation/organisation_index.h"
#include "engine/organisation/read_chart.h"
#include "services/rpc/door.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

struct County {
  std::vector<Calendar> calendars;
  OrganisationChart chart;
  std::vector<ServiceItem> items;
};

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

// Submits one document as the system and waits until it is in force.
template <typename Wish>
Status Publish(Wish wish, const std::string& what, Engine& engine) {
  wish.mutable_envelope()->set_request_id("first-start/" + what);
  wish.mutable_envelope()->set_channel(CHANNEL_SYSTEM);
  std::promise<Answer> promise;
  engine.Submit(kSystemPerson, AsCommand(wish),
                [&promise](Answer answer) { promise.set_value(std::move(answer)); });
  const Answer answer = promise.get_future().get();
  if (const auto* fault = std::get_if<Fault>(&answer)) return *fault;
  if (const auto* rejection = std::get_if<Rejection>(&answer)) {
    return Fault{FaultKind::kInvalid, what + ": " + rejection->text};
  }
  spdlog::info("published {}", what);
  return {};
}

Status PublishCalendars(const County& county, Engine& engine) {
  for (const Calendar& calendar : county.calendars) {
    if (engine.published()->calendars.contains(calendar.id())) continue;
    PublishCalendar wish;
    *wish.mutable_calendar() = calendar;
    Status status = Publish(std::move(wish), "calendar/" + calendar.id(), engine);
    if (!status.ok()) return status;
  }
  return {};
}

Status PublishChart(const County& county, Engine& engine) {
  if (engine.published()->organisation->chart().version() != 0) return {};
  PublishOrganisation wish;
  *wish.mutable_chart() = county.chart;
  return Publish(std::move(wish), "organisation", engine);
}

Status PublishItems(const County& county, Engine& engine) {
  for (const ServiceItem& item : county.items) {
    if (engine.published()->catalogue->Current(item.id()) != nullptr) continue;
    PublishItem wish;
    *wish.mutable_item() = item;
    Status status = Publish(std::move(wish), "item/" + item.id(), engine);
    if (!status.ok()) return status;
  }
  return {};
}

}  // namespace

Status PublishCounty(const std::string& directory, Engine& engine) {
  auto county = ReadCounty(directory);
  if (!county.ok()) return county.fault();
  for (const auto publish : {PublishCalendars, PublishChart, PublishItems}) {
    Status status = publish(county.value(), engine);
    if (!status.ok()) return status;
  }
  return {};
}

}  // namespace onewindow
