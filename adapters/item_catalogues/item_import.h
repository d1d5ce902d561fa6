#pragma once

#include <filesystem>
#include <functional>

#include "adapters/item_catalogues/text_encoding.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/item_reports.pb.h"

namespace onewindow {

struct ItemImport {
  std::filesystem::path catalogue;
  TextEncoding encoding = TextEncoding::kUtf8;
  // Made where it is not there; takes a document <id>.yaml for each draft.
  std::filesystem::path out;
  // Told of each row that makes no draft, as it is met. May be empty.
  std::function<void(const ItemImportReport::UnusableRow&)> on_unusable = {};
};

// Makes a draft of every usable row. Rows go through one by one; only ids and what the report
// lists are kept. kExists where `out` holds anything already; kInvalid where the file is broken
// (see ReadCatalogue); the drafts before are then written.
Result<ItemImportReport> ImportItems(const ItemImport& wish);

}  // namespace onewindow
