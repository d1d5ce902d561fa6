#include "adapters/item_catalogues/item_import.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "adapters/item_catalogues/catalogue_reader.h"
#include "adapters/item_catalogues/item_code.h"
#include "adapters/item_catalogues/item_draft.h"
#include "engine/organisation/credit_code.h"
#include "engine/yaml/utf8.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

Status MakeEmptyFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error && !fs::is_empty(folder, error) && !error) {
    return Fault{FaultKind::kExists, folder.string() + ": expected a new or empty folder"};
  }
  if (error) return Fault{FaultKind::kIo, folder.string() + ": " + error.message()};
  return {};
}

Status WriteDocument(const fs::path& path, const std::string& text) {
  errno = 0;
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return {};
  return Fault{FaultKind::kIo, path.string() + ": " + std::strerror(errno)};
}

class Importer {
 public:
  explicit Importer(const ItemImport& wish)
      : wish_(wish), name_(wish.catalogue.filename().string()) {}

  Status TakeRow(const CatalogueRow& row) {
    auto draft = DraftOf(row, name_);
    if (!draft.ok()) {
      Refuse(row.position, draft.fault().message);
      return {};
    }
    const ServiceItem& item = draft.value();
    auto [known, is_new] = lines_.emplace(item.id(), row.position.line);
    if (!is_new) {
      Refuse(row.position, "item_code: line " + std::to_string(known->second) +
                               " has given the id `" + item.id() + "` already");
      return {};
    }
    report_.set_rows(report_.rows() + 1);
    report_.set_drafts(report_.drafts() + 1);
    CheckCreditCode("dept_code", row[CatalogueColumn::kDeptCode], row.position);
    CheckCreditCode("item_code", ReadItemCode(item.code())->organ, row.position);
    return WriteDocument(wish_.out / (item.id() + ".yaml"), DraftDocument(item));
  }

  void Refuse(TextPosition at, const std::string& reason) {
    report_.set_rows(report_.rows() + 1);
    ItemImportReport::UnusableRow& row = *report_.add_unusable();
    row.set_line(static_cast<uint32_t>(at.line));
    row.set_column(static_cast<uint32_t>(at.column));
    row.set_reason(reason);
    if (wish_.on_unusable) wish_.on_unusable(row);
  }

  ItemImportReport Done() && { return std::move(report_); }

 private:
  void CheckCreditCode(const char* column, std::string_view code, TextPosition at) {
    if (IsCreditCode(code)) return;
    std::string shown = Shortened(code);
    auto [known, is_new] = doubtful_.try_emplace(std::array<std::string, 2>{column, shown},
                                                 report_.doubtful_codes_size());
    if (is_new) {
      ItemImportReport::DoubtfulCode& doubtful = *report_.add_doubtful_codes();
      doubtful.set_column(column);
      doubtful.set_code(std::move(shown));
      doubtful.set_first_line(static_cast<uint32_t>(at.line));
    }
    ItemImportReport::DoubtfulCode& doubtful = *report_.mutable_doubtful_codes(known->second);
    doubtful.set_drafts(doubtful.drafts() + 1);
  }

  const ItemImport& wish_;
  std::string name_;
  ItemImportReport report_;
  std::unordered_map<std::string, uint64_t> lines_;     // By the id of the draft.
  std::map<std::array<std::string, 2>, int> doubtful_;  // Places in the report.
};

}  // namespace

Result<ItemImportReport> ImportItems(const ItemImport& wish) {
  if (FindInvalidUtf8(wish.catalogue.filename().string())) {
    return Fault{FaultKind::kInvalid, "expected a catalogue whose name is UTF-8"};
  }
  if (Status made = MakeEmptyFolder(wish.out); !made.ok()) return made.fault();
  Importer importer(wish);
  Status read = ReadCatalogue(
      wish.catalogue, wish.encoding,
      {.on_row = [&](const CatalogueRow& row) { return importer.TakeRow(row); },
       .on_problem = [&](TextPosition at,
                         const std::string& reason) { importer.Refuse(at, reason); }});
  if (!read.ok()) return read.fault();
  return std::move(importer).Done();
}

}  // namespace onewindow
