#pragma once

#include "engine/base/ids.h"
#include "engine/yaml/yaml_node.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

// An item as its document gives it, defaults filled in. With errors it is not to be used.
struct ItemDocument {
  ServiceItem item;
  Problems errors;
  Problems warnings;

  bool ok() const { return errors.empty(); }
};

// Reads a document of the form of ServiceItem and checks it, with the place of each problem. Limits
// may be written as "20 working_days", performers as "county/civil-affairs".
ItemDocument ReadItem(const YamlText& source);

}  // namespace onewindow
