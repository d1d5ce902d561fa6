#include "services/rpc/case_view.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/calendar/working_calendar.h"
#include "engine/casework/disclosure.h"
#include "engine/casework/enquiry.h"
#include "engine/casework/form.h"
#include "engine/casework/life.h"
#include "engine/catalog/catalogue.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"
#include "services/rpc/personal.h"

namespace onewindow {
namespace {

// Minutes for SERVICE_HOURS, whose clocks count microseconds; days stay days.
int64_t Shown(const Clock& clock, int64_t amount) {
  if (clock.limit().unit() != SERVICE_HOURS) return amount;
  return std::chrono::floor<std::chrono::minutes>(Duration(amount)).count();
}

Light LightOf(const CaseRecord& record, Instant now) {
  Light worst = LIGHT_NORMAL;
  for (const Clock& clock : record.clocks()) {
    if (clock.kind() != STATUTORY && clock.kind() != PROMISED) continue;
    if (IsRunning(clock)) worst = std::max(worst, LightAt(clock, now));
  }
  return worst;
}

std::vector<std::string> ReasonsOfConditions(const CaseRecord& record, const Engine& engine) {
  if (record.verdicts().empty()) return {};
  return ExplainVerdicts(
      record, *engine.published()->catalogue->Find(record.item(), record.item_version()));
}

// All but the record and what of it is shown.
CaseView FrameOf(const CaseRecord& record, const Engine& engine) {
  const auto published = engine.published();
  const Instant now = engine.Now();
  CaseView view;
  view.set_etag(EtagOf(record));
  view.set_item_name(ItemName(record, *published));
  for (const Clock& clock : record.clocks()) {
    *view.add_clocks() = StandingOf(clock, *published, now);
  }
  view.set_light(LightOf(record, now));
  for (std::string& command : AllowedCommands(record)) view.add_allowed(std::move(command));
  *view.mutable_as_of() = ToTimestamp(now);
  return view;
}

}  // namespace

std::string ItemName(const CaseRecord& record, const Published& published) {
  const ServiceItem* item = IsEnquiry(record)
                                ? published.catalogue->Current(record.item())
                                : published.catalogue->Find(record.item(), record.item_version());
  return item == nullptr ? std::string() : item->name();
}

const Clock* ClockDueAt(const CaseRecord& record, Instant due_at) {
  const auto found =
      std::find_if(record.clocks().begin(), record.clocks().end(), [&](const Clock& clock) {
        return clock.has_due_at() && ToInstant(clock.due_at()) == due_at && !IsStopped(clock);
      });
  return found == record.clocks().end() ? nullptr : &*found;
}

ClockStanding StandingOf(const Clock& clock, const Published& published, Instant now) {
  ClockStanding standing;
  standing.set_clock_id(clock.id());
  standing.set_kind(clock.kind());
  standing.set_state(StateOf(clock));
  standing.set_light(LightAt(clock, now));
  const auto calendar = published.calendars.find(clock.calendar());
  if (clock.limit().unit() == UNTIL || calendar == published.calendars.end()) return standing;

  const int64_t budget = Budget(clock);
  const int64_t consumed = Consumed(clock, *calendar->second, now);
  standing.set_budget(Shown(clock, budget));
  standing.set_consumed(Shown(clock, consumed));
  standing.set_remaining(Shown(clock, budget - consumed));
  return standing;
}

CaseView ViewOf(CaseRecord record, const Engine& engine) {
  CaseView view = FrameOf(record, engine);
  view.set_personal(record.has_forgotten_at() ? CaseView::FORGOTTEN : CaseView::WITHHELD);
  LeaveOutPersonal(record);
  *view.mutable_record() = std::move(record);
  return view;
}

Result<CaseView> PersonalViewOf(const Accepted& reading, const Engine& engine) {
  // Only asked whether it would be allowed, or for one of its files: the log says no more.
  const ReadPersonalData& wish = reading.logged->command().read_personal_data();
  if (!reading.sequence || !wish.attachment().empty()) return ViewOf(*reading.record, engine);
  CaseRecord record = *reading.record;
  const Status unsealed = engine.Unseal(reading.case_id, record);
  if (!unsealed.ok() && unsealed.fault().kind != FaultKind::kNotFound) return unsealed.fault();
  if (!unsealed.ok()) {
    CaseView view = ViewOf(std::move(record), engine);
    view.set_personal(CaseView::FORGOTTEN);
    return view;
  }
  LeaveOutPseudonyms(record);
  CaseView view = FrameOf(record, engine);
  view.set_personal(CaseView::SHOWN);
  for (std::string& reason : ReasonsOfConditions(record, engine)) {
    view.add_condition_reasons(std::move(reason));
  }
  *view.mutable_record() = std::move(record);
  return view;
}

Reply<CaseRecord> FindCase(uint64_t case_id, const Identity& caller, const Engine& engine) {
  auto found = engine.GetCase(CaseId{case_id});
  if (!found.ok()) return found.fault();
  const auto published = engine.published();
  if (!found.value() || !MaySeeCase(*found.value(), caller.position, *published->organisation)) {
    return RefusedBecause(CASE_NOT_FOUND, "There is no case " + std::to_string(case_id));
  }
  return *std::move(found).value();
}

Reply<CaseView> GetCase(uint64_t case_id, const Identity& caller, const Engine& engine) {
  auto found = FindCase(case_id, caller, engine);
  if (IsNo(found)) return NoAs<CaseView>(found);
  return ViewOf(std::move(std::get<CaseRecord>(found)), engine);
}

}  // namespace onewindow
