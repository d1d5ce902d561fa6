#pragma once

#include "engine/base/ids.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

// The names of who acted, as of now, in a row of a list; empty for the system and for who is no
// longer on the chart.
template <typename Row>
void AddNames(Row& row, const Caller& caller, const OrganisationIndex& organisation) {
  const Person* person = organisation.FindPerson(caller.person());
  if (person != nullptr) row.set_person_name(person->name());
  const Position* position = organisation.FindPosition(caller.position());
  if (position == nullptr) return;
  row.set_position_name(position->name());
  const Organisation* own = organisation.Find(position->organisation());
  if (own != nullptr) row.set_organisation_name(own->name());
}

}  // namespace onewindow
