#include "adapters/item_catalogues/catalogue_reader.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/csv/csv_scanner.h"

namespace onewindow {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr size_t kChunkBytes = 64 << 10;

std::string_view WithoutBlanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

class Reader {
 public:
  Reader(const std::filesystem::path& path, TextEncoding encoding, const CatalogueSink& sink)
      : path_(path),
        encoding_(encoding),
        decoder_(encoding),
        sink_(sink),
        scanner_(',', '"', [this](const CsvRecord& record) { return Take(record); }) {}

  Status Read(std::string_view chunk) { return scanner_.Scan(chunk); }

  Status Finish() {
    if (auto quote = scanner_.open_quote()) {
      return Broken(*quote, "the quote that opens here is never closed");
    }
    if (Status status = scanner_.Finish(); !status.ok()) return status;
    if (header_fields_ == 0) {
      return Broken(scanner_.position(), "expected a header that names the columns");
    }
    return {};
  }

 private:
  Status Take(const CsvRecord& record) {
    if (header_fields_ == 0) return TakeHeader(record);
    if (record.problem) {
      sink_.on_problem(record.problem->position, record.problem->reason);
      return {};
    }
    if (record.fields.size() != header_fields_) {
      sink_.on_problem(record.position, "expected " + std::to_string(header_fields_) +
                                            " fields as in the header, but found " +
                                            std::to_string(record.fields.size()));
      return {};
    }
    CatalogueRow row{.position = record.position, .values = {}};
    for (size_t i = 0; i < kCatalogueColumns.size(); ++i) {
      const TextField& field = record.fields[field_of_[i]];
      auto text = decoder_.Decode(WithoutBlanks(field.text));
      if (!text) {
        sink_.on_problem(field.position, std::string(kCatalogueColumns[i]) + ": expected " +
                                             std::string(NameOf(encoding_)) +
                                             ", but found other bytes");
        return {};
      }
      row.values[i] = std::move(*text);
    }
    return sink_.on_row(row);
  }

  Status TakeHeader(const CsvRecord& header) {
    if (header.problem) return Broken(header.problem->position, header.problem->reason);
    for (size_t i = 0; i < kCatalogueColumns.size(); ++i) {
      std::optional<size_t> found;
      for (size_t field = 0; field < header.fields.size(); ++field) {
        if (WithoutBlanks(header.fields[field].text) != kCatalogueColumns[i]) continue;
        if (found) {
          return Broken(header.fields[field].position,
                        "the column `" + std::string(kCatalogueColumns[i]) + "` stands twice");
        }
        found = field;
      }
      if (!found) {
        return Broken(header.position,
                      "expected a column `" + std::string(kCatalogueColumns[i]) + "`");
      }
      field_of_[i] = *found;
    }
    header_fields_ = header.fields.size();
    return {};
  }

  Fault Broken(TextPosition at, const std::string& what) const {
    return {FaultKind::kInvalid, path_.string() + ":" + std::to_string(at.line) + ":" +
                                     std::to_string(at.column) + ": " + what};
  }

  const std::filesystem::path& path_;
  TextEncoding encoding_;
  TextDecoder decoder_;
  const CatalogueSink& sink_;
  CsvScanner scanner_;
  size_t header_fields_ = 0;  // 0 until the header is read.
  std::array<size_t, kCatalogueColumns.size()> field_of_{};
};

}  // namespace

Status ReadCatalogue(const std::filesystem::path& path, TextEncoding encoding,
                     const CatalogueSink& sink) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  Reader reader(path, encoding, sink);
  std::vector<char> bytes(kChunkBytes);
  bool is_first = true;
  while (file) {
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    std::string_view chunk(bytes.data(), static_cast<size_t>(file.gcount()));
    if (is_first && chunk.starts_with(kByteOrderMark)) chunk.remove_prefix(kByteOrderMark.size());
    is_first = false;
    if (Status status = reader.Read(chunk); !status.ok()) return status;
  }
  if (!file.eof()) {
    return Fault{errno == ENOENT ? FaultKind::kNotFound : FaultKind::kIo,
                 path.string() + ": " + (errno == 0 ? "cannot be read" : std::strerror(errno))};
  }
  return reader.Finish();
}

}  // namespace onewindow
