#include "tests/support/story/small_county.h"

#include <fstream>
#include <iterator>
#include <string>

#include "engine/organisation/numbering.h"
#include "engine/organisation/read_chart.h"

namespace onewindow {

OrganisationChart SmallCountyChart() {
  std::string file = ONEWINDOW_SOURCE_DIR "/tests/support/story/small_county.yaml";
  std::ifstream stream(file);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  return ReadChart({file, text}).chart;
}

OrganisationIndex SmallCounty() {
  return OrganisationIndex::Build(WithNumbers(SmallCountyChart(), {})).value();
}

}  // namespace onewindow
