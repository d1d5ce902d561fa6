#include "tests/engine/casework/busy_counties.h"

#include <rapidcheck.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/calendar/calendar_document.h"
#include "engine/casework/life.h"
#include "engine/organisation/numbering.h"
#include "engine/organisation/read_chart.h"
#include "tests/engine/casework/any_command.h"
#include "tests/support/story/story.h"

namespace onewindow {
namespace {

const std::string kSource = ONEWINDOW_SOURCE_DIR;
const Date kMonday = MakeDate(2025, 10, 13);

// In the language of the stories, which is the shortest.
const std::vector<ServiceItem>& Items() {
  static const std::vector<ServiceItem> items = [] {
    Story story("items of the busy counties");
    int line = 0;
    for (const char* text : {
             "organisation tests/engine/casework/two_busy_counties.yaml",
             "calendar china 2025 2026",
             "item relief promised=60wd statutory=90wd extension=10wd pauses=hearing "
             "materials=id delivery=at-window,by-agent,by-courier certificate=paper-certificate",
             "step check by=intake/civil-affairs",
             "step approve by=intake/civil-affairs duty=approval",
             "step decision by=intake/civil-affairs",
             "item survey level=county-level promised=60wd",
             "step check by=county/civil-affairs",
             "step visit kind=site-check by=county/civil-affairs",
             "step decision by=county/civil-affairs",
             "item stall level=county-level power=delegated promised=60wd",
             "step decision by=intake/civil-affairs",
             "item copy handling=instant delivery=at-window,by-agent",
             "item felling accepted-by=lead promised=60wd",
             "branch lead",
             "step check by=county/civil-affairs",
             "step notice kind=public-notice by=county/civil-affairs limit=2cd",
             "branch",
             "step look by=intake/civil-affairs",
             "join",
             "step decision by=county/civil-affairs",
             "item orphan promised=60wd",
             "step check by=registration/civil-affairs",
             "step decision by=residence/civil-affairs",
             "at 2025-10-13 09:00",
             "submit C1 by=fei item=copy",
         }) {
      story.Tell(++line, text);
    }
    const CaseWorld told = std::move(story).End();
    std::vector<ServiceItem> read;
    for (const ServiceItem* item : told.catalogue().AllCurrent()) read.push_back(*item);
    return read;
  }();
  return items;
}

const Calendar& China() {
  static const Calendar calendar =
      ReadCalendarDirectory(kSource + "/deploy/calendars/china").message;
  return calendar;
}

// Whether there is another position with the same first duty at its desk.
bool HasTwin(const std::string& id, const OrganisationChart& chart) {
  const auto& positions = chart.positions();
  const auto own = std::find_if(positions.begin(), positions.end(),
                                [&](const Position& each) { return each.id() == id; });
  return own != positions.end() &&
         std::any_of(positions.begin(), positions.end(), [&](const Position& other) {
           return other.id() != id && other.organisation() == own->organisation() &&
                  other.duties(0) == own->duties(0);
         });
}

template <typename Entries>
void EraseOf(Entries& entries, const std::string& position) {
  for (int i = entries.size() - 1; i >= 0; --i) {
    if (entries[i].position() == position) entries.DeleteSubrange(i, 1);
  }
}

void GiveUp(OrganisationChart& chart, int index) {
  const std::string id = chart.positions(index).id();
  chart.mutable_positions()->DeleteSubrange(index, 1);
  EraseOf(*chart.mutable_holdings(), id);
  EraseOf(*chart.mutable_substitutions(), id);
}

// A position given up or a person who left on the day before, where another has the same duty.
OrganisationChart ChartAgain(Date today) {
  OrganisationChart chart = BusyChart();
  if (Below(2) == 0) {
    const int index = Below(chart.positions_size());
    if (HasTwin(chart.positions(index).id(), chart)) GiveUp(chart, index);
  }
  if (Below(2) == 0) {
    Holding& holding = *chart.mutable_holdings(Below(chart.holdings_size()));
    const std::string yesterday = FormatDate(today - std::chrono::days(1));
    const bool has_come = holding.until().empty() && holding.from() <= yesterday;
    if (has_come && HasTwin(holding.position(), chart)) holding.set_until(yesterday);
  }
  return chart;
}

Command AnyPublication(const CaseWorld& world) {
  Command command;
  const int kind = Below(4);
  if (kind == 0) {
    *command.mutable_publish_calendar()->mutable_calendar() = China();
  } else if (kind == 1) {
    *command.mutable_publish_item()->mutable_item() =
        Items()[static_cast<size_t>(Below(static_cast<int>(Items().size())))];
  } else {
    *command.mutable_publish_organisation()->mutable_chart() =
        ChartAgain(DateOf(world.now(), kBeijing));
  }
  return command;
}

// Every other time the oldest that is open, so that some come to their end.
const CaseRecord& AnyCase(const CaseWorld& world) {
  const int index = Below(static_cast<int>(world.cases().size()));
  const CaseRecord& any = std::next(world.cases().begin(), index)->second;
  if (Rarely(2)) return any;
  for (const auto& [id, record] : world.cases()) {
    if (record.stage() != STAGE_CLOSED && !record.set_aside()) return record;
  }
  return any;
}

Command TowardsTheEnd(const CaseWorld& world, const CaseRecord& record) {
  std::vector<Command> onwards = CommandsTowardsTheEnd(world, record);
  std::erase_if(onwards, [&](const Command& each) { return !Allows(record, each.wish_case()); });
  if (onwards.empty()) return AnyWish(world, record, WishKind::kAllowed).command;
  return *rc::gen::elementOf(onwards);
}

}  // namespace

const OrganisationChart& BusyChart() {
  static const OrganisationChart chart = [] {
    const std::string file = kSource + "/tests/engine/casework/two_busy_counties.yaml";
    std::ifstream stream(file);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    ChartDocument document = ReadChart({file, text});
    CHECK(document.ok()) << document.errors.front().message;
    return document.chart;
  }();
  return chart;
}

CaseWorld BusyCounties() {
  CaseWorld world(OrganisationIndex::Build(WithNumbers(BusyChart(), {})).value());
  static const WorkingCalendar calendar = WorkingCalendar::Make(China()).value();
  world.AddCalendar(calendar);
  for (const ServiceItem& item : Items()) CHECK(world.AddItem(item).ok()) << item.id();
  world.WaitUntil(StartOf(kMonday, kBeijing) + std::chrono::hours(9));
  return world;
}

Command AnyCommandIn(const CaseWorld& world) {
  const CaseRecord none;
  if (world.cases().size() < 4 || Rarely(20)) {
    const WishKind kind = Rarely(3) ? WishKind::kEnquiry : WishKind::kSubmission;
    return AnyWish(world, none, kind).command;
  }
  if (Rarely(8)) return AnyWish(world, none, WishKind::kPeople).command;
  if (Rarely(25)) return AnyPublication(world);
  const CaseRecord& record = AnyCase(world);
  if (Rarely(30)) return AnyWish(world, record, WishKind::kAny).command;
  // Chance alone seldom brings a case on its way.
  if (Rarely(2)) return AnyWish(world, record, WishKind::kAllowed).command;
  return TowardsTheEnd(world, record);
}

std::vector<Caller> WhoActs(const CaseWorld& world) {
  std::vector<Caller> callers;
  const auto add = [&](const std::string& person, const std::string& position) -> Caller& {
    Caller& caller = callers.emplace_back();
    caller.set_person(person);
    caller.set_position(position);
    caller.set_channel(CHANNEL_WINDOW);
    return caller;
  };
  const OrganisationChart& chart = world.organisation().chart();
  for (const Holding& each : chart.holdings()) add(each.person(), each.position());
  for (const Substitution& each : chart.substitutions()) {
    add(each.substitute(), each.position()).set_on_behalf_of(each.holder());
  }
  return callers;
}

void DoAsWhoMay(CaseWorld& world, const Command& command) {
  std::vector<Caller> callers = WhoActs(world);
  std::rotate(callers.begin(), callers.begin() + Below(static_cast<int>(callers.size())),
              callers.end());
  for (const Caller& caller : callers) {
    if (!world.Do({.command = command, .caller = caller}).rejected()) return;
  }
}

}  // namespace onewindow
