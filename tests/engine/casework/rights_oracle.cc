#include "tests/engine/casework/rights_oracle.h"

#include <algorithm>

#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

Date DayOf(Instant at) { return DateOf(at, kBeijing); }

bool IsOn(const Holding& holding, Date day) {
  const std::string today = FormatDate(day);
  return holding.from() <= today && (holding.until().empty() || today <= holding.until());
}

bool IsSame(const Substitution& one, const Substitution& other) {
  return one.position() == other.position() && one.holder() == other.holder() &&
         one.substitute() == other.substitute() && one.from() == other.from();
}

bool IsSame(const Absence& one, const Absence& other) {
  return one.person() == other.person() && one.from() == other.from();
}

// What a chart brings is added to what is known, and changes none of it.
template <typename Entry, typename Entries>
void AddUnknown(std::vector<Entry>& known, const Entries& brought) {
  for (const Entry& each : brought) {
    const bool is_known = std::any_of(known.begin(), known.end(),
                                      [&](const Entry& other) { return IsSame(each, other); });
    if (!is_known) known.push_back(each);
  }
}

}  // namespace

bool HasDutyOf(const Position& position, std::initializer_list<Duty> duties) {
  return std::any_of(duties.begin(), duties.end(), [&](Duty duty) {
    return std::count(position.duties().begin(), position.duties().end(), duty) > 0;
  });
}

RightsOracle::RightsOracle(OrganisationChart chart) { SeeChart(chart); }

void RightsOracle::SeeChart(const OrganisationChart& published) {
  chart_ = published;
  // It ends with its position; a chart that brings both back arranges it anew.
  std::erase_if(substitutions_,
                [&](const Substitution& each) { return PositionOf(each.position()) == nullptr; });
  AddUnknown(substitutions_, published.substitutions());
  AddUnknown(absences_, published.absences());
}

void RightsOracle::SeePeople(const Event& event) {
  if (event.has_organisation_published()) SeeChart(event.organisation_published().chart());
  if (event.has_absence_recorded()) absences_.push_back(event.absence_recorded().absence());
  if (event.has_substitution_arranged()) {
    substitutions_.push_back(event.substitution_arranged().substitution());
  }
  if (!event.has_substitution_ended()) return;
  for (Substitution& each : substitutions_) {
    if (each.number() != event.substitution_ended().number()) continue;
    each.set_until(event.substitution_ended().last_day());
  }
}

void RightsOracle::See(const Deed& deed) {
  for (const Event& event : deed.events) {
    SeePeople(event);
    if (event.has_mandate_granted()) {
      granted_[{deed.case_id, event.mandate_granted().mandate().id()}] =
          DayOf(ToInstant(event.occurred_at()));
    }
    if (!event.has_step_completed() || event.step_completed().step().empty()) continue;
    const StepCompleted& completed = event.step_completed();
    std::vector<DoneStep>& done = done_[deed.case_id];
    done.push_back({.step = completed.step(),
                    .person = deed.caller.person(),
                    .as_substitute = !deed.caller.on_behalf_of().empty()});
    done.push_back(
        {.step = completed.step(), .person = completed.second_performer(), .as_substitute = false});
  }
}

bool RightsOracle::Holds(const std::string& person, const std::string& position, Date day) const {
  return std::any_of(
      chart_.holdings().begin(), chart_.holdings().end(), [&](const Holding& holding) {
        if (holding.person() != person || holding.position() != position) return false;
        const auto& rota = holding.weekdays();
        return IsOn(holding, day) &&
               (rota.empty() || std::count(rota.begin(), rota.end(), IsoWeekday(day)) > 0);
      });
}

bool RightsOracle::StandsIn(const std::string& person, const std::string& holder,
                            const std::string& position, Date day) const {
  const std::string today = FormatDate(day);
  return std::any_of(substitutions_.begin(), substitutions_.end(), [&](const Substitution& each) {
    if (each.substitute() != person || each.holder() != holder) return false;
    if (each.position() != position || each.from() > today || each.until() < today) return false;
    const Position* place = PositionOf(position);
    return place != nullptr && Holds(holder, position, day) &&
           WorksBeside(person, place->organisation(), day);
  });
}

bool RightsOracle::IsAway(const std::string& person, Date day) const {
  const std::string today = FormatDate(day);
  return std::any_of(absences_.begin(), absences_.end(), [&](const Absence& each) {
    return each.person() == person && each.from() <= today && today <= each.until();
  });
}

bool RightsOracle::MayAct(const Caller& caller, Date day) const {
  if (caller.on_behalf_of().empty()) return Holds(caller.person(), caller.position(), day);
  return StandsIn(caller.person(), caller.on_behalf_of(), caller.position(), day);
}

const Organisation* RightsOracle::Find(const std::string& organisation) const {
  for (const Organisation& each : chart_.organisations()) {
    if (each.id() == organisation) return &each;
  }
  return nullptr;
}

const Position* RightsOracle::PositionOf(const std::string& id) const {
  for (const Position& each : chart_.positions()) {
    if (each.id() == id) return &each;
  }
  return nullptr;
}

bool RightsOracle::IsPerson(const std::string& id) const {
  return std::any_of(chart_.persons().begin(), chart_.persons().end(),
                     [&](const Person& each) { return each.id() == id; });
}

std::string RightsOracle::CountyOf(const std::string& organisation) const {
  const Organisation* each = Find(organisation);
  while (each != nullptr && !each->parent().empty()) each = Find(each->parent());
  return each == nullptr ? "" : each->id();
}

std::string RightsOracle::TownshipOf(const std::string& organisation) const {
  const Organisation* each = Find(organisation);
  while (each != nullptr && each->kind() != Organisation::TOWNSHIP) each = Find(each->parent());
  return each == nullptr ? "" : each->id();
}

bool RightsOracle::IsWithin(const std::string& organisation, const std::string& ancestor) const {
  for (const Organisation* each = Find(organisation); each != nullptr;
       each = Find(each->parent())) {
    if (each->id() == ancestor) return true;
  }
  return false;
}

std::string RightsOracle::BodyOf(const std::string& organisation) const {
  const Organisation* each = Find(organisation);
  while (each != nullptr && each->kind() != Organisation::TOWNSHIP &&
         each->kind() != Organisation::DEPARTMENT && each->kind() != Organisation::COUNTY) {
    const Organisation* parent = Find(each->parent());
    if (parent == nullptr || parent->kind() == Organisation::COUNTY) break;
    each = parent;
  }
  return each == nullptr ? "" : each->id();
}

bool RightsOracle::WorksBeside(const std::string& person, const std::string& organisation,
                               Date day) const {
  const Organisation* meant = Find(organisation);
  if (meant == nullptr) return false;
  const std::string body = BodyOf(organisation);
  return std::any_of(chart_.holdings().begin(), chart_.holdings().end(),
                     [&](const Holding& holding) {
                       if (holding.person() != person || !IsOn(holding, day)) return false;
                       const std::string& place = PositionOf(holding.position())->organisation();
                       return IsWithin(place, body) || IsWithin(place, meant->superior());
                     });
}

bool RightsOracle::Leads(const Position& position, const std::string& organisation) const {
  const Organisation* led = Find(organisation);
  if (led == nullptr) return false;
  const std::string& place = position.organisation();
  const bool is_over = place == led->id() || place == led->parent() || place == led->superior();
  if (HasDutyOf(position, {APPROVAL}) && is_over) return true;
  return HasDutyOf(position, {ADMINISTRATION}) && CountyOf(place) == CountyOf(organisation);
}

bool RightsOracle::MayDecide(const std::string& organisation, const ServiceItem& item,
                             Date day) const {
  const std::string today = FormatDate(day);
  const Organisation* deciding = Find(organisation);
  if (deciding == nullptr) return false;
  const bool is_village = deciding->kind() == Organisation::VILLAGE;
  const auto has = [&](const Delegation& each) {
    if (each.item() != item.id() || each.from() > today) return false;
    if (!each.until().empty() && each.until() < today) return false;
    // The offices of a township exercise what it has; a village committee is no office.
    if (is_village) return each.organisation() == organisation;
    return IsWithin(organisation, each.organisation());
  };
  const auto& delegations = chart_.delegations();
  const bool in_anothers_name = std::any_of(delegations.begin(), delegations.end(), has);
  // Powers are delegated by departments and counties, which are of the county's level.
  if (in_anothers_name) return item.minimum_level() >= ServiceItem::COUNTY_LEVEL;
  ServiceItem::Level level = ServiceItem::COUNTY_LEVEL;
  if (!TownshipOf(organisation).empty()) level = ServiceItem::TOWNSHIP_LEVEL;
  if (is_village) level = ServiceItem::VILLAGE_LEVEL;
  const bool is_below_county = level != ServiceItem::COUNTY_LEVEL;
  if (item.power_source() == ServiceItem::DELEGATED && is_below_county) return false;
  return item.minimum_level() == ServiceItem::LEVEL_UNSPECIFIED || level <= item.minimum_level();
}

bool RightsOracle::ReviewsOwnStep(const Deed& deed, const std::string& step) const {
  const auto found = done_.find(deed.case_id);
  if (found == done_.end()) return false;
  const bool as_substitute = !deed.caller.on_behalf_of().empty();
  return std::any_of(found->second.begin(), found->second.end(), [&](const DoneStep& done) {
    return done.person == deed.caller.person() && done.step != step &&
           (as_substitute || done.as_substitute);
  });
}

Date RightsOracle::GrantedOn(uint64_t case_id, uint32_t mandate_id) const {
  const auto found = granted_.find({case_id, mandate_id});
  return found == granted_.end() ? Date::max() : found->second;
}

}  // namespace onewindow
