#include "services/onewindowd/first_start.h"

#include <spdlog/spdlog.h>

#include <future>
#include <utility>
#include <variant>

#include "engine/calendar/working_calendar.h"
#include "engine/catalog/catalogue.h"
#include "engine/organisation/organisation_index.h"
#include "services/onewindowd/county.h"
#include "services/rpc/door.h"

namespace onewindow {
namespace {

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
