#include "engine/catalog/defaults.h"

#include <gtest/gtest.h>

#include "engine/catalog/limit_text.h"

namespace onewindow {
namespace {

ServiceItem ItemOf(ServiceItem::Regime regime) {
  ServiceItem item;
  item.set_regime(regime);
  item.add_materials();
  Branch& branch = *item.mutable_route()->add_legs()->add_branches();
  branch.add_steps()->set_kind(Step::HANDLE);
  branch.add_steps()->set_kind(Step::SITE_CHECK);
  branch.add_steps()->set_kind(Step::PUBLIC_NOTICE);
  branch.add_steps()->set_kind(Step::DECIDE);
  return item;
}

const Step& StepOf(const ServiceItem& item, int step) {
  return item.route().legs(0).branches(0).steps(step);
}

TEST(DefaultsTest, EveryItem) {
  ServiceItem item = WithDefaults(ItemOf(ServiceItem::OWN));
  EXPECT_EQ(item.calendar(), "china");
  EXPECT_EQ(item.accepted_by(), ServiceItem::WINDOW);
  EXPECT_EQ(item.materials(0).source(), Material::FROM_APPLICANT);
  EXPECT_EQ(StepOf(item, 0).duty(), HANDLING);
  EXPECT_EQ(StepOf(item, 1).duty(), HANDLING);
  EXPECT_EQ(StepOf(item, 2).duty(), HANDLING);
  EXPECT_EQ(StepOf(item, 3).duty(), DECISION);
  EXPECT_EQ(StepOf(item, 0).counting(), Step::COUNTING_UNSPECIFIED);
  EXPECT_EQ(StepOf(item, 2).counting(), Step::COUNTED);
}

TEST(DefaultsTest, OwnRegimesGetNoLimits) {
  ServiceItem item = WithDefaults(ItemOf(ServiceItem::OWN));
  EXPECT_FALSE(item.has_intake_limit());
  EXPECT_FALSE(item.has_delivery_limit());
  EXPECT_EQ(item.certificate(), NO_CERTIFICATE);
}

TEST(DefaultsTest, LicencesGetThoseOfTheLaw) {
  ServiceItem item = WithDefaults(ItemOf(ServiceItem::LICENSING));
  EXPECT_EQ(FormatLimit(item.intake_limit()), "5 working_days");
  EXPECT_EQ(item.intake_limit().basis(), "行政许可法第三十二条");
  EXPECT_EQ(FormatLimit(item.delivery_limit()), "10 working_days");
  EXPECT_EQ(item.delivery_limit().basis(), "行政许可法第四十四条");
  EXPECT_EQ(item.certificate(), PAPER_CERTIFICATE);
  EXPECT_FALSE(item.has_statutory_limit());
}

TEST(DefaultsTest, Thresholds) {
  Thresholds thresholds = WithDefaults(ItemOf(ServiceItem::OWN)).thresholds();
  EXPECT_EQ(thresholds.near_percent(), 90u);
  EXPECT_EQ(thresholds.near_last_day_below_days(), 3u);
  ASSERT_EQ(thresholds.cards_size(), 3);
  EXPECT_EQ(thresholds.cards(0).colour(), YELLOW);
  EXPECT_EQ(thresholds.cards(0).clock(), STEP);
  EXPECT_EQ(thresholds.cards(1).colour(), RED);
  EXPECT_EQ(thresholds.cards(1).clock(), PROMISED);
  EXPECT_EQ(thresholds.cards(2).colour(), RED);
  EXPECT_EQ(thresholds.cards(2).clock(), STATUTORY);
  for (const CardRule& rule : thresholds.cards()) {
    EXPECT_TRUE(rule.has_days_overdue());
    EXPECT_EQ(rule.days_overdue(), 0u);
  }
}

TEST(DefaultsTest, WhatIsSaidStands) {
  ServiceItem item = ItemOf(ServiceItem::LICENSING);
  item.set_calendar("weekdays-nl");
  item.set_accepted_by(ServiceItem::LEAD);
  item.set_certificate(NO_CERTIFICATE);
  *item.mutable_delivery_limit() = ReadLimit("3 working_days").value();
  item.mutable_materials(0)->set_source(Material::SHARED_DATA);
  Branch& branch = *item.mutable_route()->mutable_legs(0)->mutable_branches(0);
  branch.mutable_steps(0)->set_duty(APPROVAL);
  branch.mutable_steps(2)->set_counting(Step::UNCOUNTED);
  item.mutable_thresholds()->set_near_percent(50);
  item.mutable_thresholds()->set_near_last_day_below_days(1);
  item.mutable_thresholds()->add_cards()->set_colour(RED);

  ServiceItem filled = WithDefaults(item);
  EXPECT_EQ(filled.calendar(), "weekdays-nl");
  EXPECT_EQ(filled.accepted_by(), ServiceItem::LEAD);
  EXPECT_EQ(filled.certificate(), NO_CERTIFICATE);
  EXPECT_EQ(FormatLimit(filled.delivery_limit()), "3 working_days");
  EXPECT_EQ(filled.materials(0).source(), Material::SHARED_DATA);
  EXPECT_EQ(StepOf(filled, 0).duty(), APPROVAL);
  EXPECT_EQ(StepOf(filled, 2).counting(), Step::UNCOUNTED);
  EXPECT_EQ(filled.thresholds().near_percent(), 50u);
  EXPECT_EQ(filled.thresholds().near_last_day_below_days(), 1u);
  EXPECT_EQ(filled.thresholds().cards_size(), 1);
}

TEST(DefaultsTest, FillingTwiceIsFillingOnce) {
  ServiceItem once = WithDefaults(ItemOf(ServiceItem::LICENSING));
  EXPECT_EQ(WithDefaults(once).SerializeAsString(), once.SerializeAsString());
}

}  // namespace
}  // namespace onewindow
