#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/story/case_world.h"
#include "tests/support/story/small_county.h"

namespace onewindow {
namespace {

using testing::HasSubstr;

ServiceItem Registration() {
  ServiceItem item;
  item.set_id("registration");
  item.set_name("登记");
  item.set_kind(ServiceItem::PUBLIC_SERVICE);
  item.set_regime(ServiceItem::OWN);
  item.set_power_source(ServiceItem::STATUTORY_POWER);
  item.set_minimum_level(ServiceItem::TOWNSHIP_LEVEL);
  item.set_handling(ServiceItem::INSTANT);
  item.add_delivery(AT_WINDOW);
  return item;
}

Calendar Weekdays() {
  Calendar calendar;
  calendar.set_id("weekdays");
  calendar.set_utc_offset_minutes(480);
  calendar.add_years()->set_year(2025);
  calendar.add_service_hours()->set_from_minute(540);
  calendar.mutable_service_hours(0)->set_to_minute(1020);
  return calendar;
}

class AdministrationTest : public testing::Test {
 protected:
  AdministrationTest() {
    world_.WaitUntil(StartOf(MakeDate(2025, 10, 13), kBeijing));
    wish_.caller.set_person("you");
    wish_.caller.set_position("administrator");
  }

  Reason ReasonOf(const CaseWorld::Wish& wish) {
    Decision decision = world_.Do(wish);
    return decision.rejected() ? decision.rejection().reason : REASON_UNSPECIFIED;
  }

  CaseWorld world_{SmallCounty()};
  CaseWorld::Wish wish_;
};

TEST_F(AdministrationTest, OnlyAdministratorsPublish) {
  wish_.caller.set_person("li");
  wish_.caller.set_position("east-window");
  *wish_.command.mutable_publish_item()->mutable_item() = Registration();
  EXPECT_EQ(ReasonOf(wish_), DUTY_MISSING);
  *wish_.command.mutable_publish_calendar()->mutable_calendar() = Weekdays();
  EXPECT_EQ(ReasonOf(wish_), DUTY_MISSING);
  *wish_.command.mutable_publish_organisation()->mutable_chart() = SmallCountyChart();
  EXPECT_EQ(ReasonOf(wish_), DUTY_MISSING);
}

TEST_F(AdministrationTest, PublishingAnItemAgainMakesItsNextVersion) {
  *wish_.command.mutable_publish_item()->mutable_item() = Registration();
  ASSERT_EQ(ReasonOf(wish_), REASON_UNSPECIFIED);
  ASSERT_EQ(ReasonOf(wish_), REASON_UNSPECIFIED);
  EXPECT_EQ(world_.catalogue().Current("registration")->version(), 2u);
  EXPECT_NE(world_.catalogue().Find("registration", 1), nullptr);
}

TEST_F(AdministrationTest, AnItemWithErrorsIsRefusedWithTheirPlaces) {
  ServiceItem item = Registration();
  item.clear_name();
  *wish_.command.mutable_publish_item()->mutable_item() = item;
  Decision decision = world_.Do(wish_);
  ASSERT_TRUE(decision.rejected());
  EXPECT_EQ(decision.rejection().reason, DOCUMENT_INVALID);
  EXPECT_EQ(decision.rejection().field, "item");
  EXPECT_THAT(decision.rejection().text, HasSubstr("item.name: "));
}

TEST_F(AdministrationTest, ACalendarGetsItsNextVersion) {
  *wish_.command.mutable_publish_calendar()->mutable_calendar() = Weekdays();
  ASSERT_EQ(ReasonOf(wish_), REASON_UNSPECIFIED);
  ASSERT_EQ(ReasonOf(wish_), REASON_UNSPECIFIED);
  EXPECT_EQ(world_.log().back().events.front().calendar_published().calendar().version(), 2u);
}

TEST_F(AdministrationTest, ACalendarWithErrorsIsRefused) {
  Calendar calendar = Weekdays();
  calendar.clear_years();
  *wish_.command.mutable_publish_calendar()->mutable_calendar() = calendar;
  EXPECT_EQ(ReasonOf(wish_), DOCUMENT_INVALID);
}

TEST_F(AdministrationTest, AChartKeepsTheNumbersThatWereGiven) {
  *wish_.command.mutable_publish_organisation()->mutable_chart() = SmallCountyChart();
  ASSERT_EQ(ReasonOf(wish_), REASON_UNSPECIFIED);
  uint32_t number = world_.organisation().Find("forestry")->number();
  EXPECT_NE(number, 0u);
  ASSERT_EQ(ReasonOf(wish_), REASON_UNSPECIFIED);
  EXPECT_EQ(world_.organisation().Find("forestry")->number(), number);
}

TEST_F(AdministrationTest, AChartWithErrorsIsRefused) {
  OrganisationChart chart = SmallCountyChart();
  chart.mutable_organisations(1)->set_parent("nowhere");
  *wish_.command.mutable_publish_organisation()->mutable_chart() = chart;
  EXPECT_EQ(ReasonOf(wish_), DOCUMENT_INVALID);
}

}  // namespace
}  // namespace onewindow
