#include "tests/support/story/small_county.h"

#include <fstream>
#include <iterator>
#include <string>

#include "engine/organisation/numbering.h"
#include "engine/organisation/read_chart.h"

namespace onewindow {

namespace {

OrganisationChart ReadStoryChart(const std::string& name) {
  std::string file = ONEWINDOW_SOURCE_DIR "/tests/support/story/" + name;
  std::ifstream stream(file);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  return ReadChart({file, text}).chart;
}

}  // namespace

OrganisationChart SmallCountyChart() { return ReadStoryChart("small_county.yaml"); }

OrganisationChart TwoCountiesChart() { return ReadStoryChart("two_counties.yaml"); }

OrganisationIndex SmallCounty() {
  return OrganisationIndex::Build(WithNumbers(SmallCountyChart(), {})).value();
}

}  // namespace onewindow
