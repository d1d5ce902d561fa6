#pragma once

#include <string>
#include <string_view>

#include "adapters/item_catalogues/catalogue_reader.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

// What a catalogue says of an item: name, code, kind, and by the kind the law (a licence is under
// 行政许可法, all else under rules of its own). Its id is the basic code in lower case; its source
// is the line of the catalogue, with department and main item. All that a catalogue does not say is
// left out, so that CheckItem names it. kInvalid: the row makes no item. Requires: the name of the
// catalogue is UTF-8.
Result<ServiceItem> DraftOf(const CatalogueRow& row, std::string_view catalogue);

// The draft as a document.
std::string DraftDocument(const ServiceItem& draft);

}  // namespace onewindow
