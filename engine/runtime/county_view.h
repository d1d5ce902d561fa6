#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "engine/base/ids.h"
#include "engine/base/result.h"

namespace onewindow {

class OrganisationIndex;

// What a position is shown of lists and figures: its county. One server may hold several, and what
// happens in one is no business of another's supervisors.
class CountyView {
 public:
  // Of the county that the position stands in; of all for an empty position, and where there is
  // only one county. kNotFound for an unknown position.
  static Result<CountyView> Of(std::string_view position, const OrganisationIndex& organisation);

  bool everything() const { return everything_; }
  bool Has(OrganisationNumber organisation) const;
  // Organisations that are no longer on the chart are in no county.
  bool Has(std::string_view organisation) const;

 private:
  bool everything_ = true;
  std::unordered_set<OrganisationNumber> numbers_;
  std::unordered_set<std::string> ids_;
};

}  // namespace onewindow
