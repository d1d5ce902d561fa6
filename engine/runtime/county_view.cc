#include "engine/runtime/county_view.h"

#include "engine/organisation/organisation_index.h"

namespace onewindow {

Result<CountyView> CountyView::Of(std::string_view position,
                                  const OrganisationIndex& organisation) {
  CountyView view;
  if (position.empty()) return view;
  const Position* asking = organisation.FindPosition(position);
  if (asking == nullptr) {
    return Fault{FaultKind::kNotFound, "there is no position '" + std::string(position) + "'"};
  }
  if (!organisation.HasSeveralCounties()) return view;
  view.everything_ = false;
  const Organisation* county = organisation.CountyOf(*organisation.Find(asking->organisation()));
  for (const Organisation& each : organisation.chart().organisations()) {
    if (organisation.CountyOf(each) != county) continue;
    view.numbers_.insert(OrganisationNumber{each.number()});
    view.ids_.insert(each.id());
  }
  return view;
}

bool CountyView::Has(OrganisationNumber organisation) const {
  return everything_ || numbers_.contains(organisation);
}

bool CountyView::Has(std::string_view organisation) const {
  return everything_ || ids_.contains(std::string(organisation));
}

}  // namespace onewindow
