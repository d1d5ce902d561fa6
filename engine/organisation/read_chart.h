#pragma once

#include "engine/base/ids.h"
#include "engine/yaml/yaml_node.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// A chart as its document gives it. With errors it is not to be used.
struct ChartDocument {
  OrganisationChart chart;
  Problems errors;
  Problems warnings;

  bool ok() const { return errors.empty(); }
};

// Reads a document of the form of OrganisationChart and checks it, with the place of each problem.
ChartDocument ReadChart(const YamlText& source);

}  // namespace onewindow
