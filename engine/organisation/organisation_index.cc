#include "engine/organisation/organisation_index.h"

#include <algorithm>
#include <utility>

#include "engine/organisation/check_chart.h"

namespace onewindow {
namespace {

constexpr size_t kCountyDigits = 6;
constexpr size_t kTownshipDigits = 9;
constexpr uint8_t kEveryDay = 0b1111'1110;

template <typename Map>
typename Map::mapped_type FindIn(const Map& map, const typename Map::key_type& key) {
  auto found = map.find(key);
  return found == map.end() ? nullptr : found->second;
}

uint8_t WeekdaysOf(const Holding& holding) {
  if (holding.weekdays().empty()) return kEveryDay;
  uint8_t weekdays = 0;
  for (const uint32_t day : holding.weekdays()) weekdays |= static_cast<uint8_t>(1U << day);
  return weekdays;
}

bool IsOnRota(uint8_t weekdays, Date day) { return (weekdays >> IsoWeekday(day) & 1) != 0; }

}  // namespace

bool HasDuty(const Position& position, Duty duty) {
  const auto& duties = position.duties();
  return std::find(duties.begin(), duties.end(), duty) != duties.end();
}

Result<OrganisationIndex> OrganisationIndex::Build(OrganisationChart chart) {
  Review review = CheckPublished(chart);
  if (!review.ok()) return AsFault(review.errors);
  return OrganisationIndex(std::move(chart));
}

OrganisationIndex::OrganisationIndex(OrganisationChart chart)
    : chart_(std::make_unique<const OrganisationChart>(std::move(chart))) {
  IndexOrganisations();
  IndexPositions();
  IndexPersons();
  IndexDelegations();
  IndexAbsences();
}

void OrganisationIndex::IndexOrganisations() {
  for (const Organisation& organisation : chart_->organisations()) {
    nodes_[organisation.id()].organisation = &organisation;
    if (organisation.kind() == Organisation::COUNTY) ++counties_;
    if (organisation.number() != 0) {
      organisations_by_number_[organisation.number()] = &organisation;
    }
    if (organisation.kind() == Organisation::TOWNSHIP && !organisation.division_code().empty()) {
      std::string_view code = organisation.division_code();
      townships_by_division_[code.substr(0, kTownshipDigits)] = &organisation;
    }
    if (organisation.kind() == Organisation::COUNTY && !organisation.division_code().empty()) {
      std::string_view code = organisation.division_code();
      counties_by_division_[code.substr(0, kCountyDigits)] = &organisation;
    }
  }
  for (const Organisation& organisation : chart_->organisations()) {
    if (organisation.parent().empty()) continue;
    Node& parent = nodes_.at(organisation.parent());
    Node& node = nodes_.at(organisation.id());
    node.parent = &parent;
    parent.children.push_back(&node);
  }
}

void OrganisationIndex::IndexPositions() {
  for (const Position& position : chart_->positions()) {
    positions_[position.id()] = &position;
    if (position.number() != 0) positions_by_number_[position.number()] = &position;
    nodes_.at(position.organisation()).positions.push_back(&position);
  }
}

void OrganisationIndex::IndexPersons() {
  for (const Person& person : chart_->persons()) persons_[person.id()] = &person;
  for (const Holding& holding : chart_->holdings()) {
    terms_by_position_[holding.position()].push_back({
        .person = holding.person(),
        .days = {*ParseDate(holding.from()), ParseDate(holding.until()).value_or(Date::max())},
        .weekdays = WeekdaysOf(holding),
    });
  }
}

void OrganisationIndex::IndexDelegations() {
  for (const Delegation& delegation : chart_->delegations()) {
    delegations_by_item_[delegation.item()].push_back({.delegation = &delegation,
                                                       .from = *ParseDate(delegation.from()),
                                                       .until = ParseDate(delegation.until())});
  }
  for (const ResponsibilityList& list : chart_->lists()) {
    lists_[list.organisation()].insert(list.items().begin(), list.items().end());
  }
}

void OrganisationIndex::IndexAbsences() {
  const auto span = [](const auto& of) {
    return DaySpan{*ParseDate(of.from()), *ParseDate(of.until())};
  };
  for (const Absence& absence : chart_->absences()) {
    absences_by_person_[absence.person()].push_back(span(absence));
  }
  for (const Substitution& substitution : chart_->substitutions()) {
    stand_ins_by_position_[substitution.position()].push_back(
        {.substitution = &substitution, .days = span(substitution)});
  }
}

const Organisation* OrganisationIndex::Find(std::string_view id) const {
  auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : found->second.organisation;
}

const Organisation* OrganisationIndex::Find(OrganisationNumber number) const {
  return FindIn(organisations_by_number_, number.value);
}

const Position* OrganisationIndex::FindPosition(std::string_view id) const {
  return FindIn(positions_, id);
}

const Position* OrganisationIndex::FindPosition(PositionNumber number) const {
  return FindIn(positions_by_number_, number.value);
}

const Person* OrganisationIndex::FindPerson(std::string_view id) const {
  return FindIn(persons_, id);
}

bool OrganisationIndex::Holds(std::string_view person, std::string_view position, Date day) const {
  auto found = terms_by_position_.find(position);
  if (found == terms_by_position_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Term& term) {
    return term.person == person && term.days.Covers(day) && IsOnRota(term.weekdays, day);
  });
}

bool OrganisationIndex::HoldsThroughout(std::string_view person, std::string_view position,
                                        DaySpan days) const {
  auto found = terms_by_position_.find(position);
  if (found == terms_by_position_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Term& term) {
    return term.person == person && term.days.Covers(days.from) && term.days.Covers(days.until);
  });
}

bool OrganisationIndex::IsAbsent(std::string_view person, Date day) const {
  auto found = absences_by_person_.find(person);
  if (found == absences_by_person_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(),
                     [&](const DaySpan& days) { return days.Covers(day); });
}

const Organisation& OrganisationIndex::BodyOf(const Organisation& organisation) const {
  const Organisation* body = &organisation;
  for (const Organisation* each = body; each != nullptr; each = ParentOf(*each)) {
    if (each->kind() == Organisation::COUNTY) break;
    body = each;
  }
  return *body;
}

bool OrganisationIndex::WorksBeside(std::string_view person, const Position& position,
                                    DaySpan days) const {
  const Organisation& place = *Find(position.organisation());
  const Organisation& body = BodyOf(place);
  const Organisation* superior = Find(place.superior());
  const auto& holdings = chart_->holdings();
  return std::any_of(holdings.begin(), holdings.end(), [&](const Holding& his) {
    if (his.person() != person || !HoldsThroughout(person, his.position(), days)) return false;
    const Organisation& own = *Find(FindPosition(his.position())->organisation());
    return IsWithin(own, body) || (superior != nullptr && IsWithin(own, *superior));
  });
}

bool OrganisationIndex::IsInForce(const StandIn& stand_in, std::string_view person,
                                  Date day) const {
  const Substitution& substitution = *stand_in.substitution;
  return substitution.substitute() == person && stand_in.days.Covers(day) &&
         Holds(substitution.holder(), substitution.position(), day) &&
         WorksBeside(person, *FindPosition(substitution.position()), {day, day});
}

const Substitution* OrganisationIndex::SubstitutionBy(std::string_view person,
                                                      std::string_view position, Date day) const {
  auto found = stand_ins_by_position_.find(position);
  if (found == stand_ins_by_position_.end()) return nullptr;
  for (const StandIn& stand_in : found->second) {
    if (IsInForce(stand_in, person, day)) return stand_in.substitution;
  }
  return nullptr;
}

bool OrganisationIndex::StandsIn(std::string_view person, std::string_view holder,
                                 std::string_view position, Date day) const {
  auto found = stand_ins_by_position_.find(position);
  if (found == stand_ins_by_position_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const StandIn& stand_in) {
    return stand_in.substitution->holder() == holder && IsInForce(stand_in, person, day);
  });
}

bool OrganisationIndex::MayActFrom(std::string_view person, std::string_view position,
                                   Date day) const {
  return Holds(person, position, day) || SubstitutionBy(person, position, day) != nullptr;
}

std::vector<const Position*> OrganisationIndex::PositionsOf(std::string_view organisation) const {
  auto found = nodes_.find(organisation);
  if (found == nodes_.end()) return {};
  return found->second.positions;
}

std::vector<const Position*> OrganisationIndex::PositionsWithDuty(std::string_view organisation,
                                                                  Duty duty) const {
  std::vector<const Position*> positions = PositionsOf(organisation);
  std::erase_if(positions, [&](const Position* position) { return !HasDuty(*position, duty); });
  return positions;
}

const OrganisationIndex::Node& OrganisationIndex::NodeOf(const Organisation& organisation) const {
  auto found = nodes_.find(organisation.id());
  CHECK(found != nodes_.end()) << organisation.id();
  return found->second;
}

const Organisation* OrganisationIndex::ParentOf(const Organisation& organisation) const {
  const Node* parent = NodeOf(organisation).parent;
  return parent == nullptr ? nullptr : parent->organisation;
}

const Organisation* OrganisationIndex::CountyOf(const Organisation& organisation) const {
  const Node* node = &NodeOf(organisation);
  while (node->parent != nullptr) node = node->parent;
  return node->organisation;
}

const Organisation* OrganisationIndex::TownshipOf(const Organisation& organisation) const {
  for (const Node* node = &NodeOf(organisation); node != nullptr; node = node->parent) {
    if (node->organisation->kind() == Organisation::TOWNSHIP) return node->organisation;
  }
  return nullptr;
}

bool OrganisationIndex::IsWithin(const Organisation& organisation,
                                 const Organisation& ancestor) const {
  const Node* sought = &NodeOf(ancestor);
  for (const Node* node = &NodeOf(organisation); node != nullptr; node = node->parent) {
    if (node == sought) return true;
  }
  return false;
}

ServiceItem::Level OrganisationIndex::LevelOf(const Organisation& organisation) const {
  if (organisation.kind() == Organisation::VILLAGE) return ServiceItem::VILLAGE_LEVEL;
  return TownshipOf(organisation) ? ServiceItem::TOWNSHIP_LEVEL : ServiceItem::COUNTY_LEVEL;
}

const Organisation* OrganisationIndex::TownshipOfDivision(std::string_view division_code) const {
  if (division_code.size() < kTownshipDigits) return nullptr;
  return FindIn(townships_by_division_, division_code.substr(0, kTownshipDigits));
}

const Organisation* OrganisationIndex::CountyOfDivision(std::string_view division_code) const {
  if (division_code.size() < kCountyDigits) return nullptr;
  return FindIn(counties_by_division_, division_code.substr(0, kCountyDigits));
}

const Delegation* OrganisationIndex::DelegationOf(const Organisation& organisation,
                                                  std::string_view item, Date day) const {
  auto found = delegations_by_item_.find(item);
  if (found == delegations_by_item_.end()) return nullptr;
  for (const TermOfDelegation& term : found->second) {
    if (day < term.from || (term.until && *term.until < day)) continue;
    const Organisation* delegate = Find(term.delegation->organisation());
    if (organisation.kind() == Organisation::VILLAGE && &organisation != delegate) continue;
    if (IsWithin(organisation, *delegate)) return term.delegation;
  }
  return nullptr;
}

bool OrganisationIndex::IsListed(const Organisation& township, std::string_view item) const {
  auto list = lists_.find(township.id());
  return list != lists_.end() && list->second.contains(item);
}

// What stands nearer to the root is found first. Townships are left out: they have their own.
const Organisation* OrganisationIndex::FindFunction(const Node& root, std::string_view function) {
  for (const Node* child : root.children) {
    if (child->organisation->function() == function) return child->organisation;
  }
  for (const Node* child : root.children) {
    if (child->organisation->kind() == Organisation::TOWNSHIP) continue;
    if (const Organisation* found = FindFunction(*child, function)) return found;
  }
  return nullptr;
}

const Organisation* OrganisationIndex::PlaceOf(Performer::Place place,
                                               const CasePlaces& places) const {
  if (place == Performer::COUNTY_OF_INTAKE) return CountyOf(places.intake);
  if (place == Performer::TOWNSHIP_OF_INTAKE) return TownshipOf(places.intake);
  if (place == Performer::TOWNSHIP_OF_REGISTRATION) {
    return TownshipOfDivision(places.registered_division);
  }
  if (place == Performer::TOWNSHIP_OF_RESIDENCE) {
    return TownshipOfDivision(places.residence_division);
  }
  if (place == Performer::COUNTY_OF_REGISTRATION) {
    return CountyOfDivision(places.registered_division);
  }
  if (place == Performer::COUNTY_OF_RESIDENCE) return CountyOfDivision(places.residence_division);
  return nullptr;
}

const Organisation* OrganisationIndex::Resolve(const Performer& performer,
                                               const CasePlaces& places) const {
  if (performer.place() == Performer::NAMED) return Find(performer.organisation());
  const Organisation* government = PlaceOf(performer.place(), places);
  if (government == nullptr || performer.organisation().empty()) return government;
  return FindFunction(NodeOf(*government), performer.organisation());
}

}  // namespace onewindow
