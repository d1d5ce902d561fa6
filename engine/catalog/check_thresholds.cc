#include <string>

#include "engine/base/limits.h"
#include "engine/catalog/item_checks.h"

namespace onewindow::item_checks {
namespace {

constexpr uint32_t kPercentMax = 100;
constexpr uint32_t kDaysMax = static_cast<uint32_t>(kLimitAmountMax);

Review CheckAmount(const std::string& path, uint32_t amount, uint32_t amount_max) {
  Review review;
  if (amount > amount_max) {
    review.AddError(path, "expected at most " + std::to_string(amount_max) + ", but found " +
                              std::to_string(amount));
  }
  return review;
}

Review CheckTrigger(const std::string& path, const CardRule& rule) {
  if (rule.has_days_overdue()) {
    return CheckAmount(path + ".days_overdue", rule.days_overdue(), kDaysMax);
  }
  if (rule.has_days_left()) return CheckAmount(path + ".days_left", rule.days_left(), kDaysMax);
  if (rule.has_percent_used()) {
    return CheckAmount(path + ".percent_used", rule.percent_used(), kPercentMax);
  }
  Review review;
  review.AddError(path, "expected one of `days_overdue`, `days_left` and `percent_used`");
  return review;
}

Review CheckCard(const std::string& path, const CardRule& rule) {
  Review review;
  if (rule.colour() == CARD_COLOUR_UNSPECIFIED || !CardColour_IsValid(rule.colour())) {
    review.AddError(path + ".colour", "a colour is missing");
  }
  if (rule.clock() == CLOCK_KIND_UNSPECIFIED || !ClockKind_IsValid(rule.clock())) {
    review.AddError(path + ".clock", "a clock is missing");
  } else if (rule.clock() == NOTICE || rule.clock() == APPLICANT) {
    review.AddError(path + ".clock", "no organisation is late when this clock runs out");
  }
  review.Add(CheckTrigger(path, rule));
  return review;
}

}  // namespace

Review CheckThresholds(const Thresholds& thresholds) {
  Review review = CheckAmount("thresholds.near_percent", thresholds.near_percent(), kPercentMax);
  review.Add(CheckAmount("thresholds.near_last_day_below_days",
                         thresholds.near_last_day_below_days(), kDaysMax));
  for (int i = 0; i < thresholds.cards_size(); ++i) {
    review.Add(CheckCard(Element("thresholds.cards", i), thresholds.cards(i)));
  }
  return review;
}

}  // namespace onewindow::item_checks
