#include "adapters/item_catalogues/item_draft.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "adapters/item_catalogues/item_code.h"
#include "engine/base/name.h"
#include "engine/yaml/utf8.h"
#include "engine/yaml/write.h"

namespace onewindow {
namespace {

Fault Unusable(std::string reason) { return {FaultKind::kInvalid, std::move(reason)}; }

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

// 事项类型: the codes are the numbers of ServiceItem.Kind.
std::optional<ServiceItem::Kind> KindOf(std::string_view task_type) {
  int code = 0;
  const char* end = task_type.data() + task_type.size();
  auto [stop, error] = std::from_chars(task_type.data(), end, code);
  bool is_kind =
      error == std::errc() && stop == end && code != 0 && ServiceItem::Kind_IsValid(code);
  if (!is_kind) return std::nullopt;
  return static_cast<ServiceItem::Kind>(code);
}

std::string SourceOf(const CatalogueRow& row, std::string_view catalogue) {
  std::string source = std::string(catalogue) + ":" + std::to_string(row.position.line);
  for (auto column : {CatalogueColumn::kDepartment, CatalogueColumn::kMainItem}) {
    if (!row[column].empty()) source += " " + row[column];
  }
  return source;
}

}  // namespace

Result<ServiceItem> DraftOf(const CatalogueRow& row, std::string_view catalogue) {
  const std::string& code_text = row[CatalogueColumn::kItemCode];
  auto code = ReadItemCode(code_text);
  if (!code) {
    return Unusable("item_code: expected BASIC-AREA-NNN-ORGAN-N-NN, but found `" +
                    Shortened(code_text) + "`");
  }
  if (code->area != row[CatalogueColumn::kAreaCode]) {
    return Unusable("item_code: it is of the area " + std::string(code->area) +
                    ", but area_code says `" + Shortened(row[CatalogueColumn::kAreaCode]) + "`");
  }
  std::string id = LowerCase(code->basic);
  if (!IsName(id)) {
    return Unusable(
        "item_code: expected a basic code of at most 40 letters, digits and '-', but "
        "found `" +
        Shortened(code->basic) + "`");
  }
  if (row[CatalogueColumn::kName].empty()) return Unusable("name: it is empty");
  auto kind = KindOf(row[CatalogueColumn::kTaskType]);
  if (!kind) {
    return Unusable("task_type: expected 1 to 10 or 20, but found `" +
                    Shortened(row[CatalogueColumn::kTaskType]) + "`");
  }

  ServiceItem draft;
  draft.set_id(std::move(id));
  draft.set_name(row[CatalogueColumn::kName]);
  draft.set_code(code_text);
  draft.set_kind(*kind);
  draft.set_regime(*kind == ServiceItem::LICENCE ? ServiceItem::LICENSING : ServiceItem::OWN);
  draft.add_sources(SourceOf(row, catalogue));
  return draft;
}

std::string DraftDocument(const ServiceItem& draft) {
  return "# Draft (草稿): `onewindow item check` says what is missing.\n" + WriteYaml(draft);
}

}  // namespace onewindow
