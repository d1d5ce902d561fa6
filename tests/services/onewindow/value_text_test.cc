#include "services/onewindow/value_text.h"

#include <gtest/gtest.h>

#include "engine/base/ids.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/back_office.pb.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {
namespace {

TEST(ValueTextTest, TimesAreBeijingTimeAndTheEndOfADayIsTwentyFour) {
  EXPECT_EQ(TimeText(*ParseInstant("2025-10-10T01:30:00Z")), "2025-10-10 09:30");
  EXPECT_EQ(TimeText(EndOf(MakeDate(2025, 10, 10), kBeijing)), "2025-10-10 24:00");
}

TEST(ValueTextTest, LengthsOfTimeHaveTwoUnitsAtMost) {
  EXPECT_EQ(SecondsText(0), "0 s");
  EXPECT_EQ(SecondsText(59.4), "59 s");
  EXPECT_EQ(SecondsText(60), "1 min");
  EXPECT_EQ(SecondsText(3 * 3600 + 20 * 60), "3 h 20 min");
  EXPECT_EQ(SecondsText(5 * 86400 + 4 * 3600 + 59), "5 d 4 h");
}

TEST(ValueTextTest, FieldsAreFoundByPathAndAbsentOnesAreEmpty) {
  WorklistEntry entry;
  entry.set_stage(STAGE_IN_REVIEW);
  EXPECT_EQ(TextAt(entry, "stage"), "in_review");
  EXPECT_EQ(TextAt(entry, "light"), "");
  EXPECT_EQ(TextAt(entry, "clock.remaining"), "");
  EXPECT_EQ(TextAt(entry, "due_at"), "");
  entry.mutable_clock()->set_remaining(-2);
  *entry.mutable_due_at() = ToTimestamp(*ParseInstant("2025-10-10T01:30:00Z"));
  EXPECT_EQ(TextAt(entry, "clock.remaining"), "-2");
  EXPECT_EQ(TextAt(entry, "due_at"), "2025-10-10 09:30");
}

TEST(ValueTextTest, ListsAreSeparatedByCommasAndSealedTextsAreShown) {
  SubmitCase submit;
  submit.add_materials("photo");
  submit.add_materials("contract");
  submit.mutable_applicant()->mutable_name()->set_text("张三");
  EXPECT_EQ(TextAt(submit, "materials"), "photo, contract");
  EXPECT_EQ(FieldsText(submit), "applicant={name=张三} materials=photo, contract");
}

TEST(ValueTextTest, ALimitIsItsAmountAndUnit) {
  ServiceItem item;
  EXPECT_EQ(TextAt(item, "promised_limit"), "");
  item.mutable_promised_limit()->set_amount(8);
  item.mutable_promised_limit()->set_unit(WORKING_DAYS);
  EXPECT_EQ(TextAt(item, "promised_limit"), "8 working days");
}

}  // namespace
}  // namespace onewindow
