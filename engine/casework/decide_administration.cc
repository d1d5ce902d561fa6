#include <string>
#include <utility>

#include "engine/calendar/check_calendar.h"
#include "engine/calendar/working_calendar.h"
#include "engine/casework/deciders.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/catalog/catalogue.h"
#include "engine/catalog/check_item.h"
#include "engine/catalog/defaults.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/amendments.h"
#include "engine/organisation/check_chart.h"
#include "engine/organisation/numbering.h"
#include "engine/organisation/organisation_index.h"

namespace onewindow {
namespace {

// On an empty server nobody holds a position yet: the first chart comes from the system.
std::optional<Rejection> CheckAdministrator(std::string_view wish, const Context& context) {
  const CaseRecord none;
  return CheckDesk(none, wish, ActingOrganisation(context), {ADMINISTRATION}, context);
}

std::optional<Rejection> CheckDocument(std::string_view field, const Findings& errors) {
  if (errors.empty()) return std::nullopt;
  Rejection rejection;
  rejection.reason = DOCUMENT_INVALID;
  rejection.field = std::string(field);
  for (const Finding& finding : errors) {
    std::string at =
        finding.path.empty() ? std::string(field) : std::string(field) + "." + finding.path;
    rejection.text += (rejection.text.empty() ? "" : "\n") + at + ": " + finding.message;
  }
  return rejection;
}

}  // namespace

Decision DecideWish(const CaseRecord& current, const PublishItem& wish, const Context& context) {
  if (auto refused = CheckAdministrator("publish an item", context)) return *refused;
  ServiceItem item = WithDefaults(wish.item());
  if (auto refused = CheckDocument("item", CheckItem(item).errors)) return *refused;

  Plan plan(current, context);
  Event event;
  ServiceItem& published = *event.mutable_item_published()->mutable_item();
  published = context.catalogue.Numbered(std::move(item));
  *published.mutable_published_at() = ToTimestamp(context.now);
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

// context.calendar is the version in force of the same id, if any.
Decision DecideWish(const CaseRecord& current, const PublishCalendar& wish,
                    const Context& context) {
  if (auto refused = CheckAdministrator("publish a calendar", context)) return *refused;
  if (auto refused = CheckDocument("calendar", CheckCalendar(wish.calendar()))) return *refused;

  Plan plan(current, context);
  Event event;
  Calendar& calendar = *event.mutable_calendar_published()->mutable_calendar();
  calendar = wish.calendar();
  calendar.set_version(context.calendar == nullptr ? 1 : context.calendar->version() + 1);
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const PublishOrganisation& wish,
                    const Context& context) {
  if (auto refused = CheckAdministrator("publish the organisation", context)) return *refused;
  if (auto refused = CheckDocument("chart", CheckChart(wish.chart()).errors)) return *refused;

  Plan plan(current, context);
  Event event;
  const OrganisationChart& before = context.organisation.chart();
  *event.mutable_organisation_published()->mutable_chart() =
      WithNumbers(WithPeopleKept(wish.chart(), before, DateOf(context.now, kBeijing)), before);
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
