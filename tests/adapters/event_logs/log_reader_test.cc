#include "adapters/event_logs/log_reader.h"

#include <gmock/gmock.h>

#include "adapters/event_logs/log_mapping.h"
#include "tests/adapters/event_logs/log_fixture.h"

namespace onewindow {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LogReaderTest : public LogFixture {
 protected:
  // Reads a log of that content. Rows become "case what when".
  void Read(const LogMapping& mapping, std::string_view content) {
    rows_.clear();
    problems_.clear();
    auto mapper = RowMapper::Make(mapping);
    ASSERT_TRUE(mapper.ok()) << mapper.fault().message;
    LogSink sink{.on_row =
                     [this](const LogRow& row) {
                       rows_.push_back(row.case_id + " " + row.activity + " " +
                                       FormatInstant(row.time, UtcOffset{std::chrono::minutes(0)}));
                       return Status();
                     },
                 .on_problem = [this](const RowProblem& problem) { problems_.push_back(problem); },
                 .on_progress = [](const ReadProgress&) {}};
    auto reading = ReadLog(Write("log", content), mapper.value(), sink);
    ASSERT_TRUE(reading.ok()) << reading.fault().message;
    counts_ = reading.value().rows;
    broken_ = reading.value().broken ? reading.value().broken->message : "";
  }

  // What is wrong with a file, behind its name.
  std::string BrokenAt() const {
    std::string name = (directory_ / "log").string();
    return broken_.starts_with(name) ? broken_.substr(name.size()) : broken_;
  }

  static LogMapping XesMapping() {
    LogMapping mapping = SmallMapping();
    mapping.mutable_columns()->set_case_id("case:name");
    return mapping;
  }

  std::vector<std::string> rows_;
  RowCounts counts_;
  std::string broken_;
};

constexpr const char* kEvent =
    "<event><string key='what' value='x'/><date key='when' value='2011-01-01T00:00:00Z'/></event>";

TEST_F(LogReaderTest, AByteOrderMarkIsNoPartOfTheFirstName) {
  Read(SmallMapping(),
       "\xef\xbb\xbf"
       "case,what,when\na,x,2011-01-01T00:00:00Z\n");
  EXPECT_THAT(rows_, ElementsAre("a x 2011-01-01T00:00:00Z"));
}

TEST_F(LogReaderTest, TimesWithoutOffsetAreReadInTheZone) {
  Read(SmallMapping(),
       "case,what,when\n"
       "a,winter,2011-01-01 12:00\n"
       "a,summer,2011-07-01 12:00:00.5\n"
       "a,repeated,2011-10-30 02:30\n"
       "a,skipped,2011-03-27 02:30\n"
       "a,own,2011-01-01 12:00:00+08:00\n");
  EXPECT_THAT(rows_,
              ElementsAre("a winter 2011-01-01T11:00:00Z", "a summer 2011-07-01T10:00:00.500000Z",
                          "a repeated 2011-10-30T00:30:00Z", "a skipped 2011-03-27T01:30:00Z",
                          "a own 2011-01-01T04:00:00Z"));
}

TEST_F(LogReaderTest, WithoutAZoneTimesNeedAnOffset) {
  LogMapping mapping = SmallMapping();
  mapping.clear_zone();
  Read(mapping, "case,what,when\na,x,2011-01-01 12:00\n");
  EXPECT_THAT(rows_, IsEmpty());
  EXPECT_THAT(Problems(), ElementsAre(HasSubstr("when is not a time that the mapping can read")));
}

TEST_F(LogReaderTest, FormatsAreTriedInOrderAndNothingElse) {
  LogMapping mapping = SmallMapping();
  mapping.add_time_formats("%d-%m-%Y %H:%M");
  mapping.add_time_formats("%d-%m-%Y");
  Read(mapping,
       "case,what,when\n"
       "a,x,02-01-2011 12:00\n"
       "a,y,03-01-2011\n"
       "a,z,2011-01-01T00:00:00Z\n"
       "a,w,infinite-future\n");
  EXPECT_THAT(rows_, ElementsAre("a x 2011-01-02T11:00:00Z", "a y 2011-01-02T23:00:00Z"));
  EXPECT_EQ(counts_.unusable, 2u);
}

TEST_F(LogReaderTest, RowsWithAnUnmappedChannelAreUnusableUnlessTheyCountAsOther) {
  LogMapping mapping = SmallMapping();
  mapping.mutable_columns()->set_channel("channel");
  auto* desk = mapping.add_channels();
  desk->set_from("Desk");
  desk->set_to(CHANNEL_WINDOW);
  std::string csv =
      "case,what,when,channel\n"
      "a,x,2011-01-01T00:00:00Z,Desk\n"
      "b,x,2011-01-01T00:00:00Z,Pigeon\n"
      "c,x,2011-01-01T00:00:00Z,\n";
  Read(mapping, csv);
  EXPECT_EQ(counts_.usable, 3u);
  mapping.set_unmapped_channels(LogMapping::UNUSABLE_ROW);
  Read(mapping, csv);
  EXPECT_EQ(counts_.usable, 2u);
  EXPECT_THAT(Problems(), ElementsAre("3:26 channel is not among the mapped channels: `Pigeon`"));
}

TEST_F(LogReaderTest, OtherTransitionsAreIgnored) {
  LogMapping mapping = SmallMapping();
  mapping.mutable_columns()->set_lifecycle("step");
  mapping.add_transitions("complete");
  Read(mapping,
       "case,what,when,step\n"
       "a,x,2011-01-01T00:00:00Z,start\n"
       "a,y,2011-01-01T00:00:00Z,complete\n"
       "a,z,2011-01-01T00:00:00Z,\n");
  EXPECT_EQ(rows_.size(), 2u);
  EXPECT_EQ(counts_.ignored, 1u);
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(LogReaderTest, TextsThatCannotBeStoredMakeTheirRowUnusable) {
  Read(SmallMapping(), "case,what,when\na,\xff,2011-01-01T00:00:00Z\na," +
                           std::string(kLogFieldBytesMax + 1, 'x') + ",2011-01-01T00:00:00Z\n");
  EXPECT_THAT(Problems(), ElementsAre("2:3 what is not valid UTF-8",
                                      "3:3 what has 16385 bytes, more than 16384"));
}

TEST_F(LogReaderTest, XesTracesLendTheirAttributesToTheirEvents) {
  Read(XesMapping(), std::string("<?xml version='1.0'?>\n<log><global scope='event'>"
                                 "<string key='what' value='default'/></global>\n"
                                 "<trace><string key='name' value='a'>"
                                 "<string key='name' value='nested'/></string>") +
                         kEvent + kEvent + "</trace></log>\n");
  EXPECT_THAT(rows_, ElementsAre("a x 2011-01-01T00:00:00Z", "a x 2011-01-01T00:00:00Z"));
  EXPECT_EQ(BrokenAt(), "");
}

TEST_F(LogReaderTest, OddTracesAndEventsOfXesAreReported) {
  Read(XesMapping(), std::string("<log>\n<trace><string key='name' value='empty'/></trace>\n") +
                         kEvent + "\n<trace>" + kEvent + "</trace>\n<trace>" + kEvent +
                         "<string key='name' value='behind'/></trace>\n</log>");
  EXPECT_THAT(Problems(),
              ElementsAre("2:1 the trace empty has no events", "3:1 the event belongs to no trace",
                          "4:8 case:name is missing", "5:8 case:name is missing",
                          EndsWith("the trace's attribute case:name stands behind its events")));
}

TEST_F(LogReaderTest, BrokenXesNamesItsPlaceAndKeepsWhatStoodBefore) {
  std::string head = std::string("<log><trace><string key='name' value='a'/>") + kEvent;
  Read(XesMapping(), head + "\n</log>");
  EXPECT_EQ(rows_.size(), 1u);
  EXPECT_EQ(BrokenAt(), ":2:3: mismatched tag");
  Read(XesMapping(), head);
  EXPECT_THAT(BrokenAt(), EndsWith("no element found"));
  Read(XesMapping(), head + "</trace></log>\ngarbage");
  EXPECT_EQ(BrokenAt(), ":2:1: junk after document element");
  Read(XesMapping(), "\n<html></html>");
  EXPECT_EQ(BrokenAt(), ":2:1: expected <log>, but found <html>: not an event log in XES");
}

TEST_F(LogReaderTest, EntitiesDepthAndEndlessMarksAreRefused) {
  Read(XesMapping(), "<!DOCTYPE log [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><log>&b;</log>");
  EXPECT_THAT(BrokenAt(), EndsWith("document type declarations are not accepted"));
  std::string deep = "<log>";
  for (int i = 0; i < 100; ++i) deep += "<list>";
  Read(XesMapping(), deep);
  EXPECT_THAT(BrokenAt(), EndsWith("elements are nested deeper than 64 levels"));
  Read(XesMapping(), "<log><string key='" + std::string(4 << 20, 'x'));
  EXPECT_THAT(BrokenAt(), EndsWith("a mark is longer than 1048576 bytes"));
}

TEST_F(LogReaderTest, DamagedGzipIsAFaultWithItsPlace) {
  std::string csv = "case,what,when\n";
  for (int i = 0; i < 60'000; ++i) csv += std::to_string(i * 7919) + ",x,2011-01-01T00:00:00Z\n";
  std::string packed = Gzipped(csv);
  Read(SmallMapping(), packed);
  EXPECT_EQ(counts_.usable, 60'000u);
  EXPECT_EQ(BrokenAt(), "");

  Read(SmallMapping(), packed.substr(0, packed.size() - 100));
  EXPECT_THAT(BrokenAt(), EndsWith("the gzip data are damaged: they end early"));
  EXPECT_GT(counts_.usable, 50'000u);
  Read(SmallMapping(), packed + "garbage");
  EXPECT_THAT(BrokenAt(), EndsWith("something else follows behind them"));
  EXPECT_EQ(counts_.usable, 60'000u);
  Read(SmallMapping(), packed + Gzipped("b,y,2011-01-01T00:00:00Z\n"));
  EXPECT_EQ(counts_.usable, 60'001u);
  packed[packed.size() - 6] ^= 1;
  Read(SmallMapping(), packed);
  EXPECT_THAT(BrokenAt(), HasSubstr("the gzip data are damaged: incorrect"));
}

TEST_F(LogReaderTest, AnEmptyFileHasNoHeader) {
  Read(SmallMapping(), "");
  EXPECT_EQ(BrokenAt(), ":1:1: expected a header that names the columns");
}

TEST_F(LogReaderTest, AColumnThatOccursTwiceIsRefused) {
  Read(SmallMapping(), "case,what,when,what\n");
  EXPECT_EQ(BrokenAt(), ":1:16: the column \"what\" occurs twice");
}

}  // namespace
}  // namespace onewindow
