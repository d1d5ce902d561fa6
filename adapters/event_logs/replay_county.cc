#include "adapters/event_logs/replay_county.h"

namespace onewindow {
namespace {

constexpr const char* kCounty = "log";
// No division of the People's Republic begins with 00.
constexpr const char* kCountyDivision = "000000000000";
constexpr const char* kDeskFunction = "desk";
constexpr const char* kOperatorName = "管理员";
// Before any day on which a server could serve the county.
constexpr const char* kHeldFrom = "2000-01-01";

Step NewStep(const std::string& id, const std::string& name, Step::Kind kind) {
  Step step;
  step.set_id(id);
  step.set_name(name);
  step.set_kind(kind);
  step.mutable_performer()->set_place(Performer::TOWNSHIP_OF_INTAKE);
  step.mutable_performer()->set_organisation(kDeskFunction);
  return step;
}

}  // namespace

ServiceItem ReplayCounty::Item() const {
  ServiceItem item;
  item.set_id(std::string(kItemId));
  item.set_name(mapping_->item());
  item.set_kind(ServiceItem::OTHER_POWER);
  item.set_regime(ServiceItem::OWN);
  item.set_power_source(ServiceItem::STATUTORY_POWER);
  item.set_minimum_level(ServiceItem::TOWNSHIP_LEVEL);
  item.set_handling(ServiceItem::WITHIN_LIMIT);
  item.set_calendar(mapping_->calendar());
  item.add_delivery(AT_WINDOW);
  for (const std::string& activity : mapping_->steps()) {
    *item.mutable_route()->add_legs()->add_branches()->add_steps() =
        NewStep(StepOf(activity), activity, Step::HANDLE);
  }
  *item.mutable_route()->add_legs()->add_branches()->add_steps() =
      NewStep("end", "end", Step::DECIDE);
  return item;
}

std::string ReplayCounty::StepOf(std::string_view activity) const {
  for (int i = 0; i < mapping_->steps_size(); ++i) {
    if (mapping_->steps(i) == activity) return "step-" + std::to_string(i + 1);
  }
  return "";
}

ReplayCounty::Desk ReplayCounty::DeskOf(const std::string& department) {
  auto found = desks_.find(department);
  if (found != desks_.end()) return {.position = found->second};
  std::string id = "department-" + std::to_string(desks_.size() + 1);
  AddDepartment(id, department.empty() ? "-" : department);
  std::string position = id + "-desk";
  found = desks_.emplace(department, position).first;
  return {.position = found->second, .known = Desk::Known::kNewly};
}

void ReplayCounty::AddCounty() {
  AddOrganisation(kCounty, mapping_->item(), Organisation::COUNTY, "")
      .set_division_code(kCountyDivision);
  Person& person = *chart_.add_persons();
  person.set_id(std::string(kOperator));
  person.set_name(kOperatorName);
  person.set_home(kCounty);
  person.set_serving(kCounty);
  Position& position = AddPosition(std::string(kOperator), kOperatorName, kCounty);
  for (Duty duty : {SUPERVISION, ADMINISTRATION}) position.add_duties(duty);
}

void ReplayCounty::AddDepartment(const std::string& id, const std::string& name) {
  if (chart_.organisations().empty()) AddCounty();
  AddOrganisation(id, name, Organisation::TOWNSHIP, kCounty);
  AddOrganisation(id + "-hall", name, Organisation::HALL, id).set_function(kDeskFunction);
  Position& desk = AddPosition(id + "-desk", name, id + "-hall");
  for (Duty duty : {RECEPTION, HANDLING, DECISION, COLLECTION}) desk.add_duties(duty);
}

Organisation& ReplayCounty::AddOrganisation(const std::string& id, const std::string& name,
                                            Organisation::Kind kind, const std::string& parent) {
  Organisation& added = *chart_.add_organisations();
  added.set_id(id);
  added.set_name(name);
  added.set_kind(kind);
  added.set_parent(parent);
  return added;
}

Position& ReplayCounty::AddPosition(const std::string& id, const std::string& name,
                                    const std::string& organisation) {
  Holding& holding = *chart_.add_holdings();
  holding.set_person(std::string(kOperator));
  holding.set_position(id);
  holding.set_from(kHeldFrom);
  Position& added = *chart_.add_positions();
  added.set_id(id);
  added.set_name(name);
  added.set_organisation(organisation);
  return added;
}

}  // namespace onewindow
