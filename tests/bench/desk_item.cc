#include "tests/bench/desk_item.h"

namespace onewindow {

OrganisationChart DeskChart() {
  OrganisationChart chart;
  auto add = [&](const char* id, Organisation::Kind kind, const char* parent) -> Organisation& {
    Organisation& organisation = *chart.add_organisations();
    organisation.set_id(id);
    organisation.set_name(id);
    organisation.set_kind(kind);
    organisation.set_parent(parent);
    return organisation;
  };
  add("county", Organisation::COUNTY, "").set_division_code("510121000000");
  add("town", Organisation::TOWNSHIP, "county").set_division_code("510121001000");
  add("hall", Organisation::HALL, "town").set_function("reception");
  Position& position = *chart.add_positions();
  position.set_id("window");
  position.set_organisation("hall");
  position.set_name("window");
  for (Duty duty : {RECEPTION, HANDLING, DECISION, COLLECTION}) position.add_duties(duty);
  Position& office = *chart.add_positions();
  office.set_id("office");
  office.set_organisation("county");
  office.set_name("office");
  for (Duty duty : {ADMINISTRATION, SUPERVISION}) office.add_duties(duty);
  Person& person = *chart.add_persons();
  person.set_id("li");
  person.set_name("li");
  person.set_home("town");
  person.set_serving("county");
  for (const char* held : {"window", "office"}) {
    Holding& holding = *chart.add_holdings();
    holding.set_person("li");
    holding.set_position(held);
    holding.set_from("2015-01-01");
  }
  return chart;
}

ServiceItem DeskItem() {
  ServiceItem item;
  item.set_id("desk-item");
  item.set_name("desk item");
  item.set_kind(ServiceItem::CONFIRMATION);
  item.set_regime(ServiceItem::OWN);
  item.set_power_source(ServiceItem::STATUTORY_POWER);
  item.set_minimum_level(ServiceItem::TOWNSHIP_LEVEL);
  item.set_handling(ServiceItem::WITHIN_LIMIT);
  item.mutable_promised_limit()->set_amount(5);
  item.mutable_promised_limit()->set_unit(WORKING_DAYS);
  item.mutable_promised_limit()->set_basis("bench");
  Material& material = *item.add_materials();
  material.set_id("form");
  material.set_name("form");
  material.set_originals(1);
  Step& step = *item.mutable_route()->add_legs()->add_branches()->add_steps();
  step.set_id("decide");
  step.set_name("decide");
  step.set_kind(Step::DECIDE);
  step.mutable_performer()->set_place(Performer::TOWNSHIP_OF_INTAKE);
  step.mutable_performer()->set_organisation("reception");
  item.add_delivery(AT_WINDOW);
  return item;
}

}  // namespace onewindow
