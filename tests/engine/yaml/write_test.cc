#include "engine/yaml/write.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/base/ids.h"
#include "engine/yaml/load.h"
#include "onewindow/v1/calendar.pb.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/clock.pb.h"

namespace onewindow {
namespace {

using google::protobuf::util::MessageDifferencer;

template <typename M>
testing::AssertionResult ReadsBackEqual(const M& message) {
  std::string text = WriteYaml(message);
  auto loaded = LoadYaml<M>({"written", text});
  if (!loaded.ok()) return testing::AssertionFailure() << FormatProblems(loaded.problems) << text;
  if (MessageDifferencer::Equals(loaded.message, message)) return testing::AssertionSuccess();
  return testing::AssertionFailure() << text << loaded.message.DebugString();
}

TEST(WriteYamlTest, FieldsStandInTheOrderOfTheirNumbers) {
  Calendar calendar;
  auto* year = calendar.add_years();
  year->set_year(2025);
  auto* day = year->add_days();
  day->set_name("元旦");
  day->set_kind(CalendarDay::HOLIDAY);
  day->set_date("2025-01-01");
  year->add_sources("https://www.gov.cn/a?b=1");
  calendar.add_years();
  calendar.set_id("china");
  EXPECT_EQ(WriteYaml(calendar),
            "id: china\n"
            "years:\n"
            "  - year: 2025\n"
            "    days:\n"
            "      - {date: 2025-01-01, kind: holiday, name: 元旦}\n"
            "    sources:\n"
            "      - \"https://www.gov.cn/a?b=1\"\n"
            "  - {}\n");
  EXPECT_TRUE(ReadsBackEqual(calendar));
}

TEST(WriteYamlTest, AnItemReadsBackEqual) {
  ServiceItem item;
  item.set_id("tree-felling");
  item.set_kind(ServiceItem::LICENCE);
  item.set_accepted_by(ServiceItem::LEAD);
  item.mutable_extension()->mutable_cap();
  item.add_delivery(AT_WINDOW);
  item.add_delivery(ELECTRONIC);
  auto* branch = item.mutable_route()->add_legs()->add_branches();
  branch->set_lead(true);
  branch->add_steps()->mutable_performer()->set_place(Performer::NAMED);
  branch->mutable_steps(0)->set_name("a: b # c, {d}");
  item.mutable_thresholds()->add_cards()->set_days_overdue(0);
  EXPECT_TRUE(ReadsBackEqual(item));
}

TEST(WriteYamlTest, AMessageWithoutFieldsIsAnEmptyMapping) {
  EXPECT_EQ(WriteYaml(Calendar()), "{}\n");
  EXPECT_TRUE(ReadsBackEqual(Calendar()));
}

TEST(WriteYamlTest, TimesAndFractionsReadBackEqual) {
  Clock clock;
  clock.mutable_due_at()->set_seconds(1760059800);
  clock.mutable_due_at()->set_nanos(250'000'000);
  clock.mutable_near_at();
  EXPECT_TRUE(ReadsBackEqual(clock));
  google::protobuf::DoubleValue fraction;
  fraction.set_value(0.1);
  EXPECT_TRUE(ReadsBackEqual(fraction));
}

TEST(WriteYamlTest, WordsThatLookLikeOtherTypesAreQuoted) {
  Calendar calendar;
  for (const char* text :
       {"true", "No",  "NULL", "~",   "010", "1.5", "",     " a",   "a ",       "a: b",
        "a #b", "- a", "a\nb", "\t",  "\"",  "\\",  "\x01", "\x7f", "\xC2\x85", "\xE2\x80\xA8",
        "a:",   "---", "...",  "a,b", "[a]", "?",   "*a",   "&a"}) {
    calendar.add_sources(text);
    EXPECT_THAT(WriteYaml(calendar), testing::EndsWith("\"\n")) << text;
  }
  EXPECT_TRUE(ReadsBackEqual(calendar));
}

RC_GTEST_PROP(WriteYamlTest, AnyTextReadsBackEqual, ()) {
  auto character =
      rc::gen::elementOf(std::string("ab01 :#,[]{}&*!|>'\"%@`?-.~\\\n\t\r\x01/_=<^$();"));
  auto text = *rc::gen::container<std::string>(character);
  Calendar calendar;
  calendar.set_id(text);
  calendar.add_sources(text);
  calendar.add_years()->add_days()->set_name(text);
  RC_ASSERT(ReadsBackEqual(calendar));
}

RC_GTEST_PROP(LoadYamlTest, AnyBytesAreReadOrRefused, (std::string text)) {
  auto loaded = LoadYaml<Calendar>({"f.yaml", text});
  for (const Problem& problem : loaded.problems) {
    RC_ASSERT(problem.line >= 1);
    RC_ASSERT(problem.column >= 1);
  }
}

}  // namespace
}  // namespace onewindow
