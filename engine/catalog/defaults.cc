#include "engine/catalog/defaults.h"

#include "engine/catalog/licensing_law.h"

namespace onewindow {
namespace {

constexpr uint32_t kNearPercent = 90;
constexpr uint32_t kNearLastDayBelowDays = 3;

Limit WorkingDays(uint32_t days, const char* basis) {
  Limit limit;
  limit.set_amount(days);
  limit.set_unit(WORKING_DAYS);
  limit.set_basis(basis);
  return limit;
}

CardRule WhenOverdue(CardColour colour, ClockKind clock) {
  CardRule rule;
  rule.set_colour(colour);
  rule.set_clock(clock);
  rule.set_days_overdue(0);
  return rule;
}

void FillLicensing(ServiceItem& item) {
  if (!item.has_intake_limit()) {
    *item.mutable_intake_limit() = WorkingDays(licensing_law::kIntakeDays, "行政许可法第三十二条");
  }
  Limit& intake = *item.mutable_intake_limit();
  intake.set_silence(DEEMED_ACCEPTED);
  if (intake.basis().empty()) intake.set_basis("行政许可法第三十二条");
  if (!item.has_delivery_limit()) {
    *item.mutable_delivery_limit() =
        WorkingDays(licensing_law::kDeliveryDaysMax, "行政许可法第四十四条");
  }
}

void FillStep(Step& step) {
  if (step.duty() == DUTY_UNSPECIFIED) {
    step.set_duty(step.kind() == Step::DECIDE ? DECISION : HANDLING);
  }
  if (step.kind() == Step::PUBLIC_NOTICE && step.counting() == Step::COUNTING_UNSPECIFIED) {
    step.set_counting(Step::COUNTED);
  }
}

void FillThresholds(Thresholds& thresholds) {
  if (thresholds.near_percent() == 0) thresholds.set_near_percent(kNearPercent);
  if (thresholds.near_last_day_below_days() == 0) {
    thresholds.set_near_last_day_below_days(kNearLastDayBelowDays);
  }
  if (thresholds.cards().empty()) {
    *thresholds.add_cards() = WhenOverdue(YELLOW, STEP);
    *thresholds.add_cards() = WhenOverdue(RED, PROMISED);
    *thresholds.add_cards() = WhenOverdue(RED, STATUTORY);
  }
}

}  // namespace

ServiceItem WithDefaults(ServiceItem item) {
  bool is_licence = item.regime() == ServiceItem::LICENSING;
  if (item.calendar().empty()) item.set_calendar("china");
  if (item.accepted_by() == ServiceItem::ACCEPTED_BY_UNSPECIFIED) {
    item.set_accepted_by(ServiceItem::WINDOW);
  }
  if (item.certificate() == CERTIFICATE_UNSPECIFIED) {
    item.set_certificate(is_licence ? PAPER_CERTIFICATE : NO_CERTIFICATE);
  }
  if (is_licence) FillLicensing(item);
  if (item.has_supplement_limit()) item.mutable_supplement_limit()->set_silence(LAPSES);
  for (Material& material : *item.mutable_materials()) {
    if (material.source() == Material::SOURCE_UNSPECIFIED) {
      material.set_source(Material::FROM_APPLICANT);
    }
  }
  if (item.has_route()) {
    for (Leg& leg : *item.mutable_route()->mutable_legs()) {
      for (Branch& branch : *leg.mutable_branches()) {
        for (Step& step : *branch.mutable_steps()) FillStep(step);
      }
    }
  }
  FillThresholds(*item.mutable_thresholds());
  return item;
}

}  // namespace onewindow
