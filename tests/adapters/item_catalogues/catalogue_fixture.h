#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "adapters/item_catalogues/item_import.h"
#include "engine/catalog/read_item.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {

inline std::string ContentOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A folder of its own for a catalogue and its drafts.
class CatalogueFixture : public testing::Test {
 protected:
  static constexpr std::string_view kHeader =
      "department,main_item,name,item_code,task_type,area_code,dept_code\n";

  std::filesystem::path Write(std::string_view content) const {
    std::filesystem::path path = scratch_ / "catalogue.csv";
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  Result<ItemImportReport> Import(const std::filesystem::path& catalogue,
                                  TextEncoding encoding = TextEncoding::kUtf8) const {
    return ImportItems({.catalogue = catalogue, .encoding = encoding, .out = out()});
  }

  std::filesystem::path out() const { return scratch_ / "drafts"; }
  std::string DraftText(const std::string& id) const { return ContentOf(out() / (id + ".yaml")); }
  ItemDocument Draft(const std::string& id) const {
    return ReadItem({.file = id + ".yaml", .text = DraftText(id)});
  }

  ScratchDirectory scratch_;
};

}  // namespace onewindow
