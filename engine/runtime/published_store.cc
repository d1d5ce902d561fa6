#include "engine/runtime/published_store.h"

#include <algorithm>
#include <utility>

#include "engine/calendar/working_calendar.h"
#include "engine/casework/apply.h"
#include "engine/catalog/catalogue.h"
#include "engine/organisation/organisation_index.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

Fault Unusable(std::string_view what) {
  return {FaultKind::kCorrupt, "a published " + std::string(what) + " cannot be used"};
}

// Parses every value of a range in the order of keys and hands it on.
template <typename Document, typename Visitor>
Status ReadDocuments(const Reader& store, const KeyRange& range, Visitor&& visit) {
  Status status;
  Result<ScanEnd> end =
      store.Scan(families::kCatalogue, range, {}, [&](std::string_view, std::string_view value) {
        Document document;
        if (!document.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          status = Unusable("document");
          return Visit::kStop;
        }
        status = visit(std::move(document));
        return status.ok() ? Visit::kContinue : Visit::kStop;
      });
  if (!end.ok()) return end.fault();
  return status;
}

Status ReadChart(const Reader& store, Published& published) {
  OrganisationChart newest;
  Status status =
      ReadDocuments<OrganisationChart>(store, ChartRange(), [&newest](OrganisationChart chart) {
        newest = std::move(chart);
        return Status();
      });
  if (!status.ok()) return status;
  Result<OrganisationIndex> index = OrganisationIndex::Build(std::move(newest));
  if (!index.ok()) return Unusable("organisation: " + index.fault().message);
  published.organisation = std::make_shared<OrganisationIndex>(std::move(index).value());
  return {};
}

// Within an id the versions ascend, so the last one stays.
Status ReadCalendars(const Reader& store, Published& published) {
  return ReadDocuments<Calendar>(
      store, CalendarRange(), [&published](const Calendar& document) -> Status {
        Result<WorkingCalendar> calendar = WorkingCalendar::Make(document);
        if (!calendar.ok()) return Unusable("calendar: " + calendar.fault().message);
        published.calendars[document.id()] =
            std::make_shared<WorkingCalendar>(std::move(calendar).value());
        return {};
      });
}

// A catalogue takes items in the order of their numbers and versions.
Status ReadItems(const Reader& store, Published& published) {
  std::vector<ServiceItem> items;
  Status status = ReadDocuments<ServiceItem>(store, ItemRange(), [&items](ServiceItem item) {
    items.push_back(std::move(item));
    return Status();
  });
  if (!status.ok()) return status;
  std::ranges::sort(
      items, {}, [](const ServiceItem& item) { return std::pair(item.number(), item.version()); });
  Catalogue catalogue;
  for (ServiceItem& item : items) catalogue = catalogue.With(std::move(item));
  published.catalogue = std::make_shared<Catalogue>(std::move(catalogue));
  return {};
}

}  // namespace

std::shared_ptr<const Published> NothingPublished() {
  Result<OrganisationIndex> index = OrganisationIndex::Build(OrganisationChart());
  auto published = std::make_shared<Published>();
  published->organisation = std::make_shared<OrganisationIndex>(std::move(index).value());
  published->catalogue = std::make_shared<Catalogue>();
  return published;
}

Result<std::shared_ptr<const Published>> ReadPublished(const Reader& store, Sequence as_of) {
  auto published = std::make_shared<Published>();
  published->as_of = as_of;
  for (const auto read : {ReadChart, ReadCalendars, ReadItems}) {
    if (Status status = read(store, *published); !status.ok()) return status.fault();
  }
  return std::shared_ptr<const Published>(std::move(published));
}

std::shared_ptr<const Published> AfterEvent(const Published& before, const Event& event,
                                            Sequence sequence) {
  auto after = std::make_shared<Published>(before);
  after->as_of = sequence;
  if (event.has_item_published()) {
    after->catalogue =
        std::make_shared<Catalogue>(before.catalogue->With(event.item_published().item()));
  } else if (event.has_calendar_published()) {
    const Calendar& document = event.calendar_published().calendar();
    after->calendars[document.id()] =
        std::make_shared<WorkingCalendar>(WorkingCalendar::Make(document).value());
  } else if (ChangesChart(event)) {
    OrganisationChart chart = before.organisation->chart();
    Apply(chart, event);
    after->organisation =
        std::make_shared<OrganisationIndex>(OrganisationIndex::Build(std::move(chart)).value());
  } else {
    return nullptr;
  }
  return after;
}

void PutPublication(Batch& batch, const Event& event, const Published& after) {
  if (event.has_item_published()) {
    const ServiceItem& item = event.item_published().item();
    batch.Put(families::kCatalogue, ItemKey(item.id(), item.version()), item.SerializeAsString());
  } else if (event.has_calendar_published()) {
    const Calendar& calendar = event.calendar_published().calendar();
    batch.Put(families::kCatalogue, CalendarKey(calendar.id(), calendar.version()),
              calendar.SerializeAsString());
  } else if (ChangesChart(event)) {
    const OrganisationChart& chart = after.organisation->chart();
    batch.Put(families::kCatalogue, ChartKey(chart.version()), chart.SerializeAsString());
  }
}

}  // namespace onewindow
