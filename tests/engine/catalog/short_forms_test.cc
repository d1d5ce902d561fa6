#include <gtest/gtest.h>

#include "engine/catalog/limit_text.h"
#include "engine/catalog/performer_text.h"

namespace onewindow {
namespace {

TEST(LimitTextTest, ReadsEachUnitAndWritesItBack) {
  for (const char* text : {"20 working_days", "7 calendar_days", "8 service_hours",
                           "0 working_days", "4294967295 working_days"}) {
    auto limit = ReadLimit(text);
    ASSERT_TRUE(limit.ok()) << text;
    EXPECT_EQ(FormatLimit(limit.value()), text);
  }
  EXPECT_EQ(ReadLimit("7 calendar_days").value().unit(), CALENDAR_DAYS);
  EXPECT_EQ(ReadLimit("7 calendar_days").value().amount(), 7u);
}

TEST(LimitTextTest, RefusesAnythingElse) {
  for (const char* text : {"", "20", "20 ", "20working_days", "working_days", "20  working_days",
                           "20 working_days ", "20 days", "-1 working_days", "2.5 working_days",
                           "4294967296 working_days", "20 until", "20 WORKING_DAYS"}) {
    auto limit = ReadLimit(text);
    ASSERT_FALSE(limit.ok()) << text;
    EXPECT_EQ(limit.fault().message,
              "expected a limit such as `20 working_days`, `7 calendar_days` or "
              "`8 service_hours`, but found `" +
                  std::string(text) + "`");
  }
}

TEST(PerformerTextTest, ReadsEachPlace) {
  struct Row {
    std::string_view text;
    Performer::Place place;
    std::string_view organisation;
  };
  for (const Row& row : {Row{"county/civil-affairs", Performer::COUNTY_OF_INTAKE, "civil-affairs"},
                         Row{"intake/reception", Performer::TOWNSHIP_OF_INTAKE, "reception"},
                         Row{"registration/health", Performer::TOWNSHIP_OF_REGISTRATION, "health"},
                         Row{"residence/health", Performer::TOWNSHIP_OF_RESIDENCE, "health"},
                         Row{"registration-county/civil-affairs", Performer::COUNTY_OF_REGISTRATION,
                             "civil-affairs"},
                         Row{"residence-county", Performer::COUNTY_OF_RESIDENCE, ""},
                         Row{"intake", Performer::TOWNSHIP_OF_INTAKE, ""},
                         Row{"county", Performer::COUNTY_OF_INTAKE, ""},
                         Row{"@zhaozhen-hall", Performer::NAMED, "zhaozhen-hall"}}) {
    auto performer = ReadPerformer(row.text);
    ASSERT_TRUE(performer.ok()) << row.text;
    EXPECT_EQ(performer.value().place(), row.place) << row.text;
    EXPECT_EQ(performer.value().organisation(), row.organisation) << row.text;
    EXPECT_EQ(FormatPerformer(performer.value()), row.text);
  }
}

TEST(PerformerTextTest, RefusesAnythingElse) {
  for (const char* text : {"", "/", "county/", "county/Civil", "county/a/b", "village/a", "@", "@A",
                           "civil-affairs", " county"}) {
    EXPECT_FALSE(ReadPerformer(text).ok()) << text;
  }
}

}  // namespace
}  // namespace onewindow
