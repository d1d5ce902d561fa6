#include <algorithm>
#include <string>

#include "engine/base/limits.h"
#include "engine/catalog/item_checks.h"
#include "engine/catalog/licensing_law.h"
#include "engine/catalog/limit_text.h"

namespace onewindow::item_checks {
namespace {

bool IsWorkingDaysUpTo(const Limit& limit, uint32_t days_max) {
  return limit.unit() == WORKING_DAYS && limit.amount() <= days_max;
}

std::string WorkingDays(uint32_t days) { return std::to_string(days) + " working_days"; }

Review CheckLicensingLimits(const ServiceItem& item) {
  namespace law = licensing_law;
  Review review;
  if (!IsWorkingDaysUpTo(item.intake_limit(), law::kIntakeDays) ||
      item.intake_limit().amount() != law::kIntakeDays) {
    review.AddError("intake_limit", "Art. 32 gives a licence " + WorkingDays(law::kIntakeDays));
  }
  const std::string decision_limit =
      "Art. 42 gives a licence at most " + WorkingDays(law::kDecisionDaysMax);
  if (item.has_statutory_limit() &&
      !IsWorkingDaysUpTo(item.statutory_limit(), law::kDecisionDaysMax)) {
    review.AddError("statutory_limit", decision_limit);
  }
  for (int i = 0; i < item.statutory_limit_when_size(); ++i) {
    if (IsWorkingDaysUpTo(item.statutory_limit_when(i).limit(), law::kDecisionDaysMax)) continue;
    review.AddError(Element("statutory_limit_when", i) + ".limit", decision_limit);
  }
  if (item.has_extension() && !IsWorkingDaysUpTo(item.extension().cap(), law::kExtensionDaysMax)) {
    review.AddError("extension.cap", "Art. 42 lets a licence be extended by at most " +
                                         WorkingDays(law::kExtensionDaysMax));
  }
  if (!IsWorkingDaysUpTo(item.delivery_limit(), law::kDeliveryDaysMax)) {
    review.AddError("delivery_limit", "Art. 44 gives the delivery of a licence at most " +
                                          WorkingDays(law::kDeliveryDaysMax));
  }
  return review;
}

// What an extension adds to is counted in one unit, and units are never converted.
Review CheckExtension(const ServiceItem& item) {
  const Limit& cap = item.extension().cap();
  Review review = CheckLimit("extension.cap", cap);
  if (!review.ok()) return review;
  if (cap.basis().empty()) {
    review.AddWarning("extension.cap", "the rule that allows an extension is missing (`basis`)");
  }
  if (!item.has_statutory_limit() && !item.has_promised_limit()) {
    review.AddError("extension", "there is no statutory or promised limit to extend");
    return review;
  }
  const Limit& extended =
      item.has_statutory_limit() ? item.statutory_limit() : item.promised_limit();
  const auto& by_condition =
      item.has_statutory_limit() ? item.statutory_limit_when() : item.promised_limit_when();
  const bool agrees =
      cap.unit() == extended.unit() &&
      std::all_of(by_condition.begin(), by_condition.end(),
                  [&](const LimitCase& one) { return one.limit().unit() == cap.unit(); });
  if (!agrees) {
    review.AddError("extension.cap", "its unit is not that of the limit that it extends");
  }
  return review;
}

// What the law itself does not say has its basis.
Review CheckSilence(const std::string& path, const Limit& limit, Silence possible) {
  Review review;
  if (limit.silence() == SILENCE_UNSPECIFIED) return review;
  if (limit.silence() != possible) {
    review.AddError(path + ".silence", "this limit cannot bring that about when it passes");
  } else if (limit.basis().empty() && possible != LAPSES) {
    review.AddError(path, "the rule that makes silence count is missing (`basis`)");
  }
  return review;
}

}  // namespace

Review CheckLimit(const std::string& path, const Limit& limit, Silence possible) {
  Review review = CheckSilence(path, limit, possible);
  if (limit.unit() == LIMIT_UNIT_UNSPECIFIED || !LimitUnit_IsValid(limit.unit())) {
    review.AddError(path, "a limit is missing, such as `20 working_days`");
  } else if (limit.unit() == UNTIL) {
    review.AddError(path, "an item's limit cannot be an instant");
  } else if (limit.amount() > static_cast<uint32_t>(kLimitAmountMax)) {
    review.AddError(path, "expected at most " + std::to_string(kLimitAmountMax) + ", but found " +
                              std::to_string(limit.amount()));
  } else if (limit.amount() == 0 && limit.unit() != WORKING_DAYS) {
    review.AddError(path, "expected at least 1; only working days may be 0, the same day");
  }
  return review;
}

Review CheckLimitCases(const std::string& path,
                       const google::protobuf::RepeatedPtrField<LimitCase>& cases,
                       Silence possible) {
  Review review;
  for (int i = 0; i < cases.size(); ++i) {
    review.Add(CheckLimit(Element(path, i) + ".limit", cases[i].limit(), possible));
    if (cases[i].when().empty()) {
      review.AddError(Element(path, i) + ".when",
                      "the condition under which it applies is missing");
    }
  }
  return review;
}

Review CheckLimits(const ServiceItem& item) {
  Review review;
  review.Add(CheckLimitCases("statutory_limit_when", item.statutory_limit_when(), DEEMED_APPROVED));
  review.Add(CheckLimitCases("promised_limit_when", item.promised_limit_when()));
  if (item.has_intake_limit()) {
    review.Add(CheckLimit("intake_limit", item.intake_limit(), DEEMED_ACCEPTED));
  }
  if (item.has_statutory_limit()) {
    review.Add(CheckLimit("statutory_limit", item.statutory_limit(), DEEMED_APPROVED));
    if (item.statutory_limit().basis().empty()) {
      review.AddWarning("statutory_limit", "the article that it comes from is missing (`basis`)");
    }
  }
  if (item.has_promised_limit()) review.Add(CheckLimit("promised_limit", item.promised_limit()));
  if (item.has_supplement_limit()) {
    review.Add(CheckLimit("supplement_limit", item.supplement_limit(), LAPSES));
  }
  if (item.has_delivery_limit()) review.Add(CheckLimit("delivery_limit", item.delivery_limit()));
  if (item.has_extension()) review.Add(CheckExtension(item));
  if (item.regime() == ServiceItem::LICENSING) review.Add(CheckLicensingLimits(item));
  return review;
}

}  // namespace onewindow::item_checks
