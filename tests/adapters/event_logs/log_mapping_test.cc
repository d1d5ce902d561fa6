#include "adapters/event_logs/log_mapping.h"

#include <gmock/gmock.h>

#include "tests/adapters/event_logs/log_fixture.h"

namespace onewindow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LogMappingTest : public LogFixture {
 protected:
  static std::vector<std::string> Found(const LogMapping& mapping) {
    std::vector<std::string> lines;
    for (const Finding& finding : CheckLogMapping(mapping)) {
      lines.push_back(finding.path + ": " + finding.message);
    }
    return lines;
  }
};

TEST_F(LogMappingTest, TheShippedMappingsAreSound) {
  for (const char* name : {"receipt.yaml", "running-example.yaml"}) {
    auto mapping = LoadLogMapping(ShippedMapping(name));
    ASSERT_TRUE(mapping.ok()) << mapping.fault().message;
    auto calendar = std::filesystem::path(ONEWINDOW_SOURCE_DIR) / "deploy" / "calendars" /
                    mapping.value().calendar();
    EXPECT_TRUE(std::filesystem::is_directory(calendar)) << calendar;
  }
}

TEST_F(LogMappingTest, AnEmptyMappingLacksWhatIsRequired) {
  EXPECT_THAT(Found(LogMapping()), ElementsAre("columns.case_id: expected the name of a column",
                                               "columns.activity: expected the name of a column",
                                               "columns.time: expected the name of a column",
                                               "item: expected a name for the service item"));
}

TEST_F(LogMappingTest, ZonesAreKnownNamesAndNeverPaths) {
  LogMapping mapping = SmallMapping();
  for (const char* zone : {"Europe/Amsterdam", "Asia/Shanghai", "UTC", ""}) {
    mapping.set_zone(zone);
    EXPECT_THAT(Found(mapping), IsEmpty()) << zone;
  }
  for (const char* zone : {"Europe/Atlantis", "localtime", "/etc/localtime", "../etc/passwd"}) {
    mapping.set_zone(zone);
    EXPECT_THAT(Found(mapping), ElementsAre(HasSubstr("expected an IANA name"))) << zone;
  }
}

TEST_F(LogMappingTest, WhatContradictsItselfIsFound) {
  LogMapping mapping = SmallMapping();
  mapping.clear_zone();
  mapping.add_time_formats("%Y");
  mapping.add_transitions("complete");
  mapping.add_steps("x");
  mapping.add_steps("x");
  mapping.mutable_csv()->set_separator("\"");
  EXPECT_THAT(
      Found(mapping),
      ElementsAre("transitions: expected columns.lifecycle to name their column",
                  "time_formats: expected a zone for times written without an offset",
                  "steps[1]: `x` is named twice", "csv: expected separator and quote to differ"));
}

TEST_F(LogMappingTest, ChannelsAreMappedOnceAndWhole) {
  LogMapping mapping = SmallMapping();
  mapping.mutable_columns()->set_channel("channel");
  mapping.clear_unmapped_channels();
  EXPECT_THAT(Found(mapping), ElementsAre(HasSubstr("channels: expected an entry for each")));
  for (int i = 0; i < 2; ++i) mapping.add_channels()->set_from("Desk");
  mapping.mutable_channels(0)->set_to(CHANNEL_WINDOW);
  EXPECT_THAT(Found(mapping), ElementsAre("channels[1]: expected both `from` and `to`",
                                          "channels[1]: `Desk` is mapped twice"));
}

TEST_F(LogMappingTest, MistakesInTheFileAreNamedWithLineAndColumn) {
  auto path = Write("bad.yaml",
                    "columns:\n  case_id: a\n  activity: b\n  tme: c\nitem: x\nzone: Nowhere\n");
  auto mapping = LoadLogMapping(path);
  ASSERT_FALSE(mapping.ok());
  EXPECT_THAT(mapping.fault().message, HasSubstr(path.string() + ":4:3: "));
  EXPECT_THAT(mapping.fault().message, HasSubstr("`time`"));

  mapping = LoadLogMapping(
      Write("bad.yaml", "columns: {case_id: a, activity: b, time: c}\nitem: x\nzone: Nowhere\n"));
  ASSERT_FALSE(mapping.ok());
  EXPECT_THAT(mapping.fault().message, HasSubstr(":3:"));
  EXPECT_EQ(LoadLogMapping(directory_ / "absent.yaml").fault().kind, FaultKind::kNotFound);
}

}  // namespace
}  // namespace onewindow
