#include "engine/casework/enquiry.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/story/case_world.h"
#include "tests/support/story/small_county.h"

namespace onewindow {
namespace {

CaseWorld::Wish EnquiryBy(const std::string& person, const std::string& position) {
  CaseWorld::Wish wish;
  wish.command.mutable_record_enquiry()->mutable_question()->set_text("question");
  wish.caller.set_person(person);
  wish.caller.set_position(position);
  return wish;
}

TEST(EnquiryTest, WithoutTheCountysCalendarItIsRefused) {
  CaseWorld world(SmallCounty());
  world.WaitUntil(StartOf(MakeDate(2025, 10, 13), kBeijing));
  const Decision decision = world.Try(EnquiryBy("li", "east-window"));
  ASSERT_TRUE(decision.rejected());
  EXPECT_EQ(decision.rejection().reason, CALENDAR_NOT_FOUND);
}

TEST(EnquiryTest, ItsReplyIsWarnedOfAsAStepIsAndNothingElseIs) {
  ASSERT_EQ(ReplyThresholds().cards_size(), 1);
  EXPECT_EQ(ReplyThresholds().cards(0).clock(), REPLY);
  EXPECT_EQ(ReplyThresholds().cards(0).colour(), YELLOW);
  EXPECT_EQ(ReplyThresholds().near_percent(), 90u);
}

TEST(EnquiryTest, ACommandCountsByItsItemOrAsAnEnquiryByTheCounty) {
  CaseRecord enquiry;
  enquiry.set_stage(STAGE_ENQUIRY);
  Command urge;
  urge.mutable_urge_case();
  EXPECT_EQ(CalendarIdFor(urge, enquiry, nullptr), "china");
  EXPECT_EQ(CalendarIdFor(urge, CaseRecord(), nullptr), "");
  ServiceItem item;
  item.set_calendar("hong-kong");
  EXPECT_EQ(CalendarIdFor(urge, CaseRecord(), &item), "hong-kong");
  Command publication;
  publication.mutable_publish_calendar()->mutable_calendar()->set_id("macao");
  EXPECT_EQ(CalendarIdFor(publication, CaseRecord(), nullptr), "macao");
}

}  // namespace
}  // namespace onewindow
