#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "adapters/csv/text_position.h"
#include "adapters/item_catalogues/text_encoding.h"
#include "engine/base/result.h"

namespace onewindow {

// The columns of a catalogue, by their names in its header; a file may have others besides, in any
// order.
enum class CatalogueColumn {
  kDepartment,
  kMainItem,
  kName,
  kItemCode,
  kTaskType,
  kAreaCode,
  kDeptCode,
};
inline constexpr std::array kCatalogueColumns = {"department", "main_item", "name",     "item_code",
                                                 "task_type",  "area_code", "dept_code"};

// A row in UTF-8, without blanks around its values.
struct CatalogueRow {
  TextPosition position;
  std::array<std::string, kCatalogueColumns.size()> values;

  const std::string& operator[](CatalogueColumn column) const {
    return values.at(static_cast<size_t>(column));
  }
};

struct CatalogueSink {
  // A fault ends the reading.
  std::function<Status(const CatalogueRow&)> on_row;
  // A row that cannot be read.
  std::function<void(TextPosition, const std::string& reason)> on_problem;
};

// Reads a catalogue (CSV, RFC 4180, the first row names the columns, a byte order mark is passed
// over) once, row by row. kNotFound or kIo where the file cannot be read, kInvalid at
// "file:line:column" where its header cannot be used or a quote is never closed; what stood before
// has been delivered.
Status ReadCatalogue(const std::filesystem::path& path, TextEncoding encoding,
                     const CatalogueSink& sink);

}  // namespace onewindow
