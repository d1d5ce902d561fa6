#include "engine/organisation/read_chart.h"

#include <utility>

#include "engine/organisation/check_chart.h"
#include "engine/yaml/load.h"

namespace onewindow {

ChartDocument ReadChart(const YamlText& source) {
  auto loaded = LoadYaml<OrganisationChart>(source);
  if (!loaded.ok()) return {.chart = {}, .errors = std::move(loaded.problems), .warnings = {}};
  Review review = CheckChart(loaded.message);
  return {.chart = std::move(loaded.message),
          .errors = loaded.places.Locate(review.errors),
          .warnings = loaded.places.Locate(review.warnings)};
}

}  // namespace onewindow
