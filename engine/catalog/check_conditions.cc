#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "engine/catalog/item_checks.h"
#include "engine/catalog/item_conditions.h"
#include "engine/conditions/check.h"

namespace onewindow::item_checks {
namespace {

bool IsNumeric(const DeclaredField& field) {
  return field.type() == DeclaredField::INTEGER || field.type() == DeclaredField::DECIMAL;
}

Review CheckChoices(const std::string& path, const DeclaredField& field) {
  Review review;
  const bool is_choice = field.type() == DeclaredField::CHOICE;
  if (!is_choice && field.choices_size() > 0) {
    review.AddError(path, "only a field of type `choice` has choices");
  }
  if (is_choice && field.choices_size() < 2) {
    review.AddError(path, "a field of type `choice` has at least two choices");
  }
  std::unordered_set<std::string> known;
  for (int i = 0; i < field.choices_size(); ++i) {
    if (field.choices(i).empty()) review.AddError(Element(path, i), "a choice is empty");
    if (!known.insert(field.choices(i)).second)
      review.AddError(Element(path, i), "it stands twice");
  }
  return review;
}

Review CheckFields(const ServiceItem& item) {
  Review review;
  std::unordered_set<std::string> ids;
  for (int i = 0; i < item.fields_size(); ++i) {
    const DeclaredField& field = item.fields(i);
    const std::string path = Element("fields", i);
    if (!IsFieldId(field.id())) {
      review.AddError(path + ".id",
                      "expected 1 to 40 of a-z, 0-9 and '_' that begin with a letter and are no "
                      "word of CEL, but found `" +
                          field.id() + "`");
    } else if (!ids.insert(field.id()).second) {
      review.AddError(path + ".id", "`" + field.id() + "` stands twice among the fields");
    }
    if (field.name().empty()) review.AddError(path + ".name", "a name is missing");
    if (field.type() == DeclaredField::TYPE_UNSPECIFIED ||
        !DeclaredField::Type_IsValid(field.type())) {
      review.AddError(path + ".type", "a type is missing");
    }
    if (!field.unit().empty() && !IsNumeric(field)) {
      review.AddError(path + ".unit", "only an `integer` or a `decimal` has a unit");
    }
    review.Add(CheckChoices(path + ".choices", field));
  }
  return review;
}

Review CheckTexts(const ServiceItem& item) {
  Review review;
  for (const ItemCondition& condition : ConditionsOf(item)) {
    Result<Expression> read = ReadCondition(condition.text, item.fields());
    if (!read.ok()) review.AddError(condition.path, read.fault().message);
  }
  return review;
}

Review CheckHandling(const ServiceItem& item) {
  Review review;
  if (!item.instant_when().empty() && item.handling() != ServiceItem::WITHIN_LIMIT) {
    review.AddError("instant_when", "an item that is `instant` anyway needs no condition for it");
  }
  return review;
}

Review CheckMaterials(const ServiceItem& item) {
  Review review;
  for (int i = 0; i < item.materials_size(); ++i) {
    if (item.materials(i).when().empty() || !item.materials(i).conditional()) continue;
    review.AddError(Element("materials", i) + ".conditional",
                    "`when` says exactly when it is demanded: leave out `conditional`");
  }
  return review;
}

bool IsAlwaysTaken(const Branch& branch) {
  return branch.when().empty() && std::any_of(branch.steps().begin(), branch.steps().end(),
                                              [](const Step& step) { return step.when().empty(); });
}

bool IsFirstStepCertain(const Leg& leg) {
  if (leg.branches().empty() || leg.branches(0).steps().empty()) return true;
  return leg.branches(0).when().empty() && leg.branches(0).steps(0).when().empty();
}

// What a case cannot do without is taken whatever the form says.
Review CheckRouteIsWhole(const ServiceItem& item) {
  Review review;
  const Route& route = item.route();
  for (int i = 0; i < route.legs_size(); ++i) {
    for (int j = 0; j < route.legs(i).branches_size(); ++j) {
      const Branch& branch = route.legs(i).branches(j);
      const std::string path = Element("route.legs", i) + "." + Element("branches", j);
      if (branch.lead() && !IsAlwaysTaken(branch)) {
        review.AddError(path, "the branch that leads has a step that is always taken");
      }
      const bool is_last = i + 1 == route.legs_size();
      if (!is_last || branch.steps().empty()) continue;
      const int last = branch.steps_size() - 1;
      if (!branch.when().empty() || !branch.steps(last).when().empty()) {
        review.AddError(path + "." + Element("steps", last), "the decision is always taken");
      }
    }
  }
  if (item.accepted_by() != ServiceItem::LEAD || route.legs().empty()) return review;
  if (!IsFirstStepCertain(route.legs(0))) {
    review.AddError("accepted_by", "the first step accepts, so it is always taken");
  }
  return review;
}

}  // namespace

Review CheckConditions(const ServiceItem& item) {
  Review review = CheckFields(item);
  if (review.ok()) review.Add(CheckTexts(item));
  review.Add(CheckHandling(item));
  review.Add(CheckMaterials(item));
  review.Add(CheckRouteIsWhole(item));
  return review;
}

}  // namespace onewindow::item_checks
