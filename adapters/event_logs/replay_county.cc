#include "adapters/event_logs/replay_county.h"

namespace onewindow {
namespace {

constexpr const char* kCounty = "log";
// No division of the People's Republic begins with 00.
constexpr const char* kCountyDivision = "000000000000";
constexpr const char* kDeskFunction = "desk";

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
  desks_.emplace(department, position);
  return {.position = position, .known = Desk::Known::kNewly};
}

void ReplayCounty::AddDepartment(const std::string& id, const std::string& name) {
  auto add = [&](const std::string& organisation, Organisation::Kind kind,
                 const std::string& parent) -> Organisation& {
    Organisation& added = *chart_.add_organisations();
    added.set_id(organisation);
    added.set_name(name);
    added.set_kind(kind);
    added.set_parent(parent);
    return added;
  };
  if (chart_.organisations_size() == 0) {
    Organisation& county = add(kCounty, Organisation::COUNTY, "");
    county.set_name(mapping_->item());
    county.set_division_code(kCountyDivision);
  }
  add(id, Organisation::TOWNSHIP, kCounty);
  add(id + "-hall", Organisation::HALL, id).set_function(kDeskFunction);
  Position& desk = *chart_.add_positions();
  desk.set_id(id + "-desk");
  desk.set_name(name);
  desk.set_organisation(id + "-hall");
  for (Duty duty : {RECEPTION, HANDLING, DECISION, COLLECTION}) desk.add_duties(duty);
}

}  // namespace onewindow
