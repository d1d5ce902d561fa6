#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/catalog/item_checks.h"
#include "engine/catalog/item_conditions.h"
#include "engine/catalog/limit_text.h"

namespace onewindow::item_checks {
namespace {

// How long steps take together. Without `is_whole` some have no limit, so that it is a lower bound.
struct Sum {
  uint32_t amount = 0;
  bool is_whole = true;
};

// Uncounted notices take nothing. Nothing if a limit has another unit: units are never converted.
std::optional<Sum> SumOf(const Branch& branch, LimitUnit unit) {
  Sum sum;
  for (const Step& step : branch.steps()) {
    if (step.counting() == Step::UNCOUNTED) continue;
    if (!step.has_limit()) {
      sum.is_whole = false;
      continue;
    }
    if (step.limit().unit() != unit) return std::nullopt;
    sum.amount += step.limit().amount();
  }
  return sum;
}

// Legs follow each other; of the branches of a leg the longest counts.
std::optional<Sum> SumOf(const Route& route, LimitUnit unit) {
  Sum sum;
  for (const Leg& leg : route.legs()) {
    uint32_t longest = 0;
    for (const Branch& branch : leg.branches()) {
      auto branch_sum = SumOf(branch, unit);
      if (!branch_sum) return std::nullopt;
      longest = std::max(longest, branch_sum->amount);
      sum.is_whole = sum.is_whole && branch_sum->is_whole;
    }
    sum.amount += longest;
  }
  return sum;
}

// Published promises count the acceptance (受理) among their stages or leave it out; an item of its
// own regime that gives it a limit may mean either. A licence's 5 days always come before.
uint32_t AcceptanceWithin(const ServiceItem& item, LimitUnit unit) {
  bool counts = item.regime() == ServiceItem::OWN && item.intake_limit().unit() == unit;
  return counts ? item.intake_limit().amount() : 0;
}

Review ComparePromiseWithSteps(const ServiceItem& item) {
  Review review;
  const Limit& promise = item.promised_limit();
  auto steps = SumOf(item.route(), promise.unit());
  if (!steps) return review;
  Limit total = promise;
  total.set_amount(steps->amount + AcceptanceWithin(item, promise.unit()));
  bool agrees = steps->is_whole
                    ? steps->amount == promise.amount() || total.amount() == promise.amount()
                    : steps->amount <= promise.amount();
  if (agrees) return review;
  review.AddWarning("promised_limit", "the steps add up to " + FormatLimit(total) +
                                          ", but the promise is " + FormatLimit(promise));
  return review;
}

// Nothing for performers whose level only a chart can tell.
std::optional<ServiceItem::Level> LevelOf(Performer::Place place) {
  if (place == Performer::NAMED || place == Performer::PLACE_UNSPECIFIED) return std::nullopt;
  const bool of_county = place == Performer::COUNTY_OF_INTAKE ||
                         place == Performer::COUNTY_OF_REGISTRATION ||
                         place == Performer::COUNTY_OF_RESIDENCE;
  return of_county ? ServiceItem::COUNTY_LEVEL : ServiceItem::TOWNSHIP_LEVEL;
}

// Levels are numbered from the nation down. Under a delegation (委托) the level is that of the
// organ, a county's.
Review CompareDecisionWithLevel(const ServiceItem& item) {
  Review review;
  int leg = item.route().legs_size() - 1;
  if (leg < 0 || item.route().legs(leg).branches().empty()) return review;
  const Branch& branch = item.route().legs(leg).branches(0);
  int step = branch.steps_size() - 1;
  if (step < 0 || branch.steps(step).kind() != Step::DECIDE) return review;
  auto level = LevelOf(branch.steps(step).performer().place());
  if (level && item.power_source() == ServiceItem::DELEGATED) level = ServiceItem::COUNTY_LEVEL;
  if (!level || *level <= item.minimum_level()) return review;
  review.AddWarning(
      Element("route.legs", leg) + ".branches[0]." + Element("steps", step) + ".performer",
      "it stands below the level that may decide; every decision will be refused");
  return review;
}

}  // namespace

Review CheckSums(const ServiceItem& item) {
  Review review;
  bool is_promised = item.has_promised_limit();
  bool is_within_limit = item.handling() == ServiceItem::WITHIN_LIMIT;
  // What depends on the form has no single sum.
  bool is_fixed = ConditionsOf(item).empty();
  if (is_promised && is_within_limit && is_fixed) review.Add(ComparePromiseWithSteps(item));
  if (is_promised && item.has_statutory_limit() &&
      item.promised_limit().unit() == item.statutory_limit().unit() &&
      item.promised_limit().amount() > item.statutory_limit().amount()) {
    review.AddWarning("promised_limit", "it is longer than the statutory limit of " +
                                            FormatLimit(item.statutory_limit()));
  }
  bool is_timed = is_promised || item.has_statutory_limit() ||
                  item.promised_limit_when_size() > 0 || item.statutory_limit_when_size() > 0;
  if (!is_timed && is_within_limit) {
    review.AddWarning("", "it has neither a statutory nor a promised limit: no whole is timed");
  }
  review.Add(CompareDecisionWithLevel(item));
  return review;
}

}  // namespace onewindow::item_checks
