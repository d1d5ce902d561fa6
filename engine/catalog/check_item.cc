#include "engine/catalog/check_item.h"

#include <string>
#include <unordered_set>

#include "engine/base/name.h"
#include "engine/catalog/item_checks.h"

namespace onewindow {
namespace item_checks {

std::string Element(const std::string& list, int index) {
  return list + "[" + std::to_string(index) + "]";
}

}  // namespace item_checks

namespace {

using item_checks::Element;

constexpr char kNameForm[] = "expected 1 to 40 of a-z, 0-9 and '-', but found `";

Review CheckHead(const ServiceItem& item) {
  Review review;
  if (!IsName(item.id())) review.AddError("id", kNameForm + item.id() + "`");
  if (item.name().empty()) review.AddError("name", "a name is missing");
  if (item.kind() == ServiceItem::KIND_UNSPECIFIED || !ServiceItem::Kind_IsValid(item.kind())) {
    review.AddError("kind", "a kind is missing");
  }
  if (item.regime() == ServiceItem::REGIME_UNSPECIFIED ||
      !ServiceItem::Regime_IsValid(item.regime())) {
    review.AddError("regime", "expected `licensing` or `own`: which law gives the limits");
  }
  if (item.minimum_level() == ServiceItem::LEVEL_UNSPECIFIED ||
      !ServiceItem::Level_IsValid(item.minimum_level())) {
    review.AddError("minimum_level", "the lowest level that may decide is missing");
  }
  if (item.handling() == ServiceItem::HANDLING_UNSPECIFIED ||
      !ServiceItem::Handling_IsValid(item.handling())) {
    review.AddError(
        "handling",
        "the handling is missing: expected `instant` or `within_limit`, which needs a route");
  }
  if (!IsName(item.calendar())) {
    review.AddError("calendar", kNameForm + item.calendar() + "`");
  }
  return review;
}

Review CheckMaterials(const ServiceItem& item) {
  Review review;
  std::unordered_set<std::string> ids;
  for (int i = 0; i < item.materials_size(); ++i) {
    const Material& material = item.materials(i);
    std::string path = Element("materials", i);
    if (!IsName(material.id())) {
      review.AddError(path + ".id", kNameForm + material.id() + "`");
    } else if (!ids.insert(material.id()).second) {
      review.AddError(path + ".id", "`" + material.id() + "` stands twice among the materials");
    }
    if (material.name().empty()) review.AddError(path + ".name", "a name is missing");
  }
  return review;
}

Review CheckDelivery(const ServiceItem& item) {
  Review review;
  if (item.delivery().empty()) {
    review.AddError("delivery", "the ways in which the result is delivered are missing");
  }
  std::unordered_set<int> modes;
  for (int i = 0; i < item.delivery_size(); ++i) {
    if (item.delivery(i) == DELIVERY_MODE_UNSPECIFIED || !DeliveryMode_IsValid(item.delivery(i))) {
      review.AddError(Element("delivery", i), "a way of delivery is missing");
    } else if (!modes.insert(item.delivery(i)).second) {
      review.AddError(Element("delivery", i), "it stands twice");
    }
  }
  return review;
}

bool IsOfArticle45(SpecialProcedureKind kind) {
  return kind != PUBLICITY && kind != EXTERNAL_CHECK;
}

Review CheckProcedures(const ServiceItem& item) {
  Review review;
  std::unordered_set<int> kinds;
  for (int i = 0; i < item.special_procedures_size(); ++i) {
    const SpecialProcedure& procedure = item.special_procedures(i);
    std::string path = Element("special_procedures", i);
    if (procedure.kind() == SPECIAL_PROCEDURE_KIND_UNSPECIFIED ||
        !SpecialProcedureKind_IsValid(procedure.kind())) {
      review.AddError(path + ".kind", "a kind is missing");
      continue;
    }
    if (!kinds.insert(procedure.kind()).second) {
      review.AddError(path + ".kind", "it stands twice");
    }
    bool is_licence = item.regime() == ServiceItem::LICENSING;
    if (is_licence && !IsOfArticle45(procedure.kind())) {
      review.AddError(path + ".kind", "Art. 45 does not list it: its time counts for a licence");
    }
    if (!is_licence && procedure.basis().empty()) {
      review.AddWarning(path, "the rule by which its time does not count is missing (`basis`)");
    }
    if (procedure.has_limit()) {
      review.Add(item_checks::CheckLimit(path + ".limit", procedure.limit()));
    }
  }
  return review;
}

}  // namespace

Review CheckItem(const ServiceItem& item) {
  Review review = CheckHead(item);
  review.Add(item_checks::CheckLimits(item));
  review.Add(CheckMaterials(item));
  review.Add(item_checks::CheckRoute(item));
  review.Add(CheckProcedures(item));
  review.Add(CheckDelivery(item));
  review.Add(item_checks::CheckThresholds(item.thresholds()));
  review.Add(item_checks::CheckConditions(item));
  // What is wrong in itself is not added up.
  if (review.ok()) review.Add(item_checks::CheckSums(item));
  return review;
}

}  // namespace onewindow
