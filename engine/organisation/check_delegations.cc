#include "engine/organisation/check_delegations.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "engine/base/instant.h"
#include "engine/base/name.h"

namespace onewindow {
namespace {

using ById = std::unordered_map<std::string_view, const Organisation*>;

std::string Quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string Entry(std::string_view list, int index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

ById OrganisationsOf(const OrganisationChart& chart) {
  ById organisations;
  for (const Organisation& organisation : chart.organisations()) {
    organisations.emplace(organisation.id(), &organisation);
  }
  return organisations;
}

// A chart with errors may have parents in a circle: nobody stands deeper than a village's point.
const Organisation* RootOf(const Organisation& organisation, const ById& organisations) {
  constexpr int kDepthMax = 8;
  const Organisation* root = &organisation;
  for (int depth = 0; depth < kDepthMax && !root->parent().empty(); ++depth) {
    auto parent = organisations.find(root->parent());
    if (parent == organisations.end()) return root;
    root = parent->second;
  }
  return root;
}

void CheckItemName(Review& review, const std::string& path, const std::string& item) {
  if (IsName(item)) return;
  review.AddError(path, "expected 1 to 40 of a-z, 0-9 and '-', but found " + Quoted(item));
}

void CheckDays(Review& review, const std::string& path, const Delegation& delegation) {
  constexpr std::string_view kExpected = "expected a day like 2026-01-01, but found ";
  auto from = ParseDate(delegation.from());
  auto until = ParseDate(delegation.until());
  if (!from) review.AddError(path + ".from", std::string(kExpected) + Quoted(delegation.from()));
  if (delegation.until().empty()) return;
  if (!until) {
    review.AddError(path + ".until", std::string(kExpected) + Quoted(delegation.until()));
  } else if (from && *until < *from) {
    review.AddError(path + ".until", "it ends before it begins");
  }
}

void CheckParties(Review& review, const std::string& path, const Delegation& delegation,
                  const ById& organisations) {
  auto organ = organisations.find(delegation.organ());
  auto organisation = organisations.find(delegation.organisation());
  if (organ == organisations.end()) {
    return review.AddError(path + ".organ",
                           "there is no organisation " + Quoted(delegation.organ()));
  }
  if (organisation == organisations.end()) {
    return review.AddError(path + ".organisation",
                           "there is no organisation " + Quoted(delegation.organisation()));
  }
  Organisation::Kind kind = organ->second->kind();
  if (kind != Organisation::DEPARTMENT && kind != Organisation::COUNTY) {
    review.AddError(path + ".organ", "only a department or a county has power to delegate");
  }
  Organisation::Kind delegate = organisation->second->kind();
  if (delegate == Organisation::COUNTY || delegate == Organisation::VILLAGE) {
    review.AddError(path + ".organisation", "nothing is delegated to a county or to a village");
  } else if (organ->second == organisation->second) {
    review.AddError(path + ".organisation", "nobody delegates to himself");
  } else if (RootOf(*organ->second, organisations) !=
             RootOf(*organisation->second, organisations)) {
    review.AddError(path + ".organisation",
                    Quoted(delegation.organisation()) + " is of another county");
  }
}

}  // namespace

Review CheckDelegations(const OrganisationChart& chart) {
  Review review;
  const ById organisations = OrganisationsOf(chart);
  for (int i = 0; i < chart.delegations_size(); ++i) {
    const Delegation& delegation = chart.delegations(i);
    const std::string path = Entry("delegations", i);
    CheckItemName(review, path + ".item", delegation.item());
    CheckParties(review, path, delegation, organisations);
    CheckDays(review, path, delegation);
    if (delegation.basis().empty()) {
      review.AddError(path + ".basis", "the paper that delegates is missing");
    }
  }
  return review;
}

Review CheckResponsibilityLists(const OrganisationChart& chart) {
  Review review;
  const ById organisations = OrganisationsOf(chart);
  std::unordered_set<std::string_view> owners;
  for (int i = 0; i < chart.lists_size(); ++i) {
    const ResponsibilityList& list = chart.lists(i);
    const std::string path = Entry("lists", i);
    auto owner = organisations.find(list.organisation());
    if (owner == organisations.end() || owner->second->kind() != Organisation::TOWNSHIP) {
      review.AddError(path + ".organisation",
                      "expected a township, but found " + Quoted(list.organisation()));
    } else if (!owners.insert(list.organisation()).second) {
      review.AddError(path + ".organisation", Quoted(list.organisation()) + " has a list already");
    }
    std::unordered_set<std::string_view> items;
    for (int j = 0; j < list.items_size(); ++j) {
      const std::string at = path + "." + Entry("items", j);
      CheckItemName(review, at, list.items(j));
      if (!items.insert(list.items(j)).second) {
        review.AddError(at, Quoted(list.items(j)) + " stands twice on the list");
      }
    }
  }
  return review;
}

}  // namespace onewindow
