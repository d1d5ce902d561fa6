#include <utility>

#include "engine/casework/apply.h"
#include "engine/organisation/amendments.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {

bool ChangesChart(const Event& event) {
  return event.has_organisation_published() || event.has_absence_recorded() ||
         event.has_substitution_arranged() || event.has_substitution_ended();
}

void Apply(OrganisationChart& chart, const Event& event) {
  if (event.has_organisation_published()) {
    chart = event.organisation_published().chart();
  } else if (event.has_absence_recorded()) {
    chart = WithAbsence(std::move(chart), event.absence_recorded().absence());
  } else if (event.has_substitution_arranged()) {
    chart = WithSubstitution(std::move(chart), event.substitution_arranged().substitution());
  } else if (event.has_substitution_ended()) {
    const SubstitutionEnded& ended = event.substitution_ended();
    chart = WithSubstitutionEnded(std::move(chart), ended.number(), ended.last_day());
  }
}

}  // namespace onewindow
