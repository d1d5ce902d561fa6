#include "services/administration/documents.h"

#include "engine/calendar/working_calendar.h"
#include "engine/catalog/catalogue.h"
#include "engine/kv/rocks_kv.h"
#include "engine/organisation/organisation_index.h"
#include "engine/tables/schema.h"

namespace onewindow {

Reply<ServiceItem> GetItem(const GetItemRequest& request, const Engine& engine) {
  const auto published = engine.published();
  const Catalogue& catalogue = *published->catalogue;
  const ServiceItem* item = request.version() == 0
                                ? catalogue.Current(request.item())
                                : catalogue.Find(request.item(), request.version());
  if (item == nullptr) {
    return RefusedBecause(ITEM_NOT_FOUND, "There is no such version of item " + request.item());
  }
  return *item;
}

// The engine keeps calendars made for reckoning; the document is in the store.
Reply<Calendar> GetCalendar(const GetCalendarRequest& request, Engine& engine) {
  const auto published = engine.published();
  const auto found = published->calendars.find(request.calendar());
  if (found == published->calendars.end()) {
    return RefusedBecause(CALENDAR_NOT_FOUND, "There is no calendar " + request.calendar());
  }
  auto stored = engine.store().Get(families::kCatalogue,
                                   CalendarKey(request.calendar(), found->second->version()));
  if (!stored.ok()) return stored.fault();
  Calendar calendar;
  if (!stored.value() || !calendar.ParseFromString(*stored.value())) {
    return Fault{FaultKind::kCorrupt, "calendar " + request.calendar() + " cannot be read"};
  }
  return calendar;
}

Reply<OrganisationChart> GetOrganisation(const Engine& engine) {
  return engine.published()->organisation->chart();
}

}  // namespace onewindow
