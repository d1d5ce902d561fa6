#include "adapters/event_logs/occurrences.h"

#include <gmock/gmock.h>

#include "tests/adapters/event_logs/log_fixture.h"

namespace onewindow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OccurrencesTest : public LogFixture {
 protected:
  LogMapping WithCaseColumns() {
    LogMapping mapping = SmallMapping();
    mapping.mutable_columns()->set_channel("channel");
    mapping.mutable_columns()->set_department("department");
    mapping.mutable_columns()->set_start("start");
    mapping.mutable_columns()->set_deadline("deadline");
    mapping.mutable_columns()->set_end("end");
    return mapping;
  }

  // What a log of these rows tells; all instants of the log are UTC.
  std::vector<std::string> Tell(const LogMapping& mapping, const std::string& csv) {
    auto log = Open(mapping, Write("log.csv", csv));
    if (!log.ok()) return {log.fault().message};
    totals_ = log.value().totals();
    all_ = Drain(log.value());
    return Told(all_);
  }

  LogTotals totals_;
  std::vector<Occurrence> all_;
};

constexpr const char* kHeader = "case,what,when,channel,department,start,deadline,end\n";

TEST_F(OccurrencesTest, RowsInAnyOrderComeOutInOrderOfTime) {
  EXPECT_THAT(Tell(SmallMapping(),
                   "case,what,when\n"
                   "b,late,2011-01-03T00:00:00Z\n"
                   "a,middle,2011-01-02T00:00:00Z\n"
                   "b,early,2011-01-01T00:00:00Z\n"),
              ElementsAre("2011-01-01T00:00:00Z b starts",  //
                          "2011-01-01T00:00:00Z b early",   //
                          "2011-01-02T00:00:00Z a starts",  //
                          "2011-01-02T00:00:00Z a middle",  //
                          "2011-01-03T00:00:00Z b late"));
  EXPECT_EQ(totals_.cases, 2u);
  EXPECT_EQ(totals_.events, 3u);
  EXPECT_EQ(totals_.ended_cases, 0u);
  EXPECT_EQ(totals_.occurrences(), all_.size());
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(OccurrencesTest, AtTheSameInstantStartsComeFirstAndEndsLast) {
  std::string at = "2011-01-01T00:00:00Z";
  EXPECT_THAT(
      Tell(WithCaseColumns(), kHeader + ("a,x," + at + ",,," + at + ",," + at + "\n") + "b,y," +
                                  at + ",,," + at + ",," + at + "\n" + "a,z," + at + ",,,,,\n"),
      ElementsAre(at + " a starts", at + " b starts", at + " a x", at + " b y", at + " a z",
                  at + " a ends", at + " b ends"));
}

TEST_F(OccurrencesTest, EventsBeforeTheStartFollowItInTheirOwnOrder) {
  EXPECT_THAT(
      Tell(WithCaseColumns(), std::string(kHeader) +
                                  "a,second,2011-01-02T00:00:00Z,,,2011-01-05T00:00:00Z,,\n"
                                  "a,first,2011-01-01T00:00:00Z,,,2011-01-05T00:00:00Z,,\n"
                                  "a,third,2011-01-05T00:00:00Z,,,2011-01-05T00:00:00Z,,\n"),
      ElementsAre("2011-01-05T00:00:00Z a starts",
                  "2011-01-05T00:00:00Z (2011-01-01T00:00:00Z) a first, before the start",
                  "2011-01-05T00:00:00Z (2011-01-02T00:00:00Z) a second, before the start",
                  "2011-01-05T00:00:00Z a third"));
}

TEST_F(OccurrencesTest, EventsAfterTheEndAreMarkedAndKeepTheirTime) {
  EXPECT_THAT(
      Tell(WithCaseColumns(), std::string(kHeader) +
                                  "a,within,2011-01-02T00:00:00Z,,,,,2011-01-02T00:00:00Z\n"
                                  "a,after,2011-01-03T00:00:00Z,,,,,2011-01-02T00:00:00Z\n"),
      ElementsAre("2011-01-02T00:00:00Z a starts", "2011-01-02T00:00:00Z a within",
                  "2011-01-02T00:00:00Z a ends", "2011-01-03T00:00:00Z a after, after the end"));
}

TEST_F(OccurrencesTest, ACaseThatEndsBeforeItStartsEndsAtItsStart) {
  std::string facts = ",,,2011-01-05T00:00:00Z,,2011-01-03T00:00:00Z\n";
  EXPECT_THAT(Tell(WithCaseColumns(), kHeader + ("a,early,2011-01-01T00:00:00Z" + facts) +
                                          "a,at start,2011-01-05T00:00:00Z" + facts),
              ElementsAre("2011-01-05T00:00:00Z a starts",
                          "2011-01-05T00:00:00Z (2011-01-01T00:00:00Z) a early, before the start",
                          "2011-01-05T00:00:00Z (2011-01-03T00:00:00Z) a ends",
                          "2011-01-05T00:00:00Z a at start, after the end"));
}

TEST_F(OccurrencesTest, TheFactsOfACaseComeFromAllOfItsRows) {
  Tell(WithCaseColumns(), std::string(kHeader) +
                              "a,x,2011-01-02T00:00:00Z,,,,,\n"
                              "a,y,2011-01-01T00:00:00Z,Desk,,,2011-02-01T00:00:00Z,\n"
                              "a,z,2011-01-03T00:00:00Z,,North,,,2011-01-04T00:00:00Z\n");
  ASSERT_EQ(all_.size(), 5u);
  const LoggedCase& record = std::get<LoggedStart>(all_.front().what).record;
  EXPECT_EQ(record.id, "a");
  EXPECT_EQ(record.start, ParseInstant("2011-01-01T00:00:00Z"));
  EXPECT_EQ(record.deadline, ParseInstant("2011-02-01T00:00:00Z"));
  EXPECT_EQ(record.end, ParseInstant("2011-01-04T00:00:00Z"));
  EXPECT_EQ(record.channel_name, "Desk");
  EXPECT_EQ(record.channel, CHANNEL_OTHER);
  EXPECT_EQ(record.department, "North");
  EXPECT_EQ(std::get<LoggedEnd>(all_.back().what).record.department, "North");
  EXPECT_EQ(all_.front().position.line, 2u);
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(OccurrencesTest, OfContradictingFactsTheFirstInTheFileIsKept) {
  Tell(WithCaseColumns(), std::string(kHeader) +
                              "a,x,2011-01-03T00:00:00Z,Desk,North,,,\n"
                              "b,x,2011-01-01T00:00:00Z,,,,,\n"
                              "a,y,2011-01-02T00:00:00Z,Post,North,,,\n");
  EXPECT_THAT(Problems(),
              ElementsAre("4:1 channel of case a differs from what an earlier row says, which is "
                          "kept"));
  EXPECT_EQ(problems_[0].kind, RowProblem::Kind::kContradiction);
  EXPECT_EQ(totals_.contradictions, 1u);
  EXPECT_EQ(totals_.events, 3u);
  EXPECT_EQ(std::get<LoggedStart>(all_[2].what).record.channel_name, "Desk");
}

TEST_F(OccurrencesTest, UnusableRowsAreReportedAndTheOthersDelivered) {
  EXPECT_THAT(Tell(SmallMapping(),
                   "case,what,when\n"
                   "a,x,2011-13-01T00:00:00Z\n"
                   "a,x\n"
                   ",x,2011-01-01T00:00:00Z\n"
                   "a,x,2011-01-01T00:00:00Z\n"),
              ElementsAre("2011-01-01T00:00:00Z a starts", "2011-01-01T00:00:00Z a x"));
  EXPECT_THAT(
      Problems(),
      ElementsAre("2:5 when is not a time that the mapping can read: `2011-13-01T00:00:00Z`",
                  "3:1 the row has 2 fields, but the header 3", "4:1 case is empty"));
  EXPECT_EQ(totals_.unusable_rows, 3u);
}

TEST_F(OccurrencesTest, ABrokenFileDeliversWhatStoodBefore) {
  auto log = Open(SmallMapping(), Write("log.csv",
                                        "case,what,when\n"
                                        "a,x,2011-01-01T00:00:00Z\n"
                                        "a,\"y,2011-01-01T00:00:00Z\n"));
  ASSERT_TRUE(log.ok());
  ASSERT_TRUE(log.value().broken().has_value());
  EXPECT_EQ(log.value().broken()->message,
            (directory_ / "log.csv").string() + ":3:3: the quote that opens here is never closed");
  EXPECT_EQ(Drain(log.value()).size(), 2u);
}

TEST_F(OccurrencesTest, AFileWithoutUsableHeaderIsAFault) {
  auto log = Open(SmallMapping(), Write("log.csv", "case;what;when\n1;2;3\n"));
  ASSERT_FALSE(log.ok());
  EXPECT_EQ(log.fault().message,
            (directory_ / "log.csv").string() +
                ":1:1: expected a column \"case\", as the mapping says, but there are "
                "case;what;when");
  EXPECT_EQ(log.fault().kind, FaultKind::kInvalid);
}

TEST_F(OccurrencesTest, AMissingFileIsNotFound) {
  auto log = Open(SmallMapping(), directory_ / "absent.csv");
  ASSERT_FALSE(log.ok());
  EXPECT_EQ(log.fault().kind, FaultKind::kNotFound);
}

TEST_F(OccurrencesTest, AMissingTempDirectoryIsAFaultOnceItIsNeeded) {
  std::filesystem::remove(temp());
  std::string csv = "case,what,when\n";
  for (int i = 0; i < 200; ++i) csv += std::to_string(i) + ",x,2011-01-01T00:00:00Z\n";
  auto log = Open(SmallMapping(), Write("log.csv", csv), 2 << 10);
  ASSERT_FALSE(log.ok());
  EXPECT_EQ(log.fault().kind, FaultKind::kIo);
}

TEST_F(OccurrencesTest, ProgressEndsWithTheWholeFile) {
  std::string csv = "case,what,when\n";
  for (int i = 0; i < 50'000; ++i) csv += std::to_string(i) + ",x,2011-01-01T00:00:00Z\n";
  std::vector<ReadProgress> seen;
  auto log = Occurrences::Read(SmallMapping(), {.log = Write("log.csv", csv),
                                                .temp_directory = temp(),
                                                .memory_bytes = 64 << 20,
                                                .on_problem = {},
                                                .on_progress = [&](const ReadProgress& progress) {
                                                  seen.push_back(progress);
                                                }});
  ASSERT_TRUE(log.ok());
  ASSERT_GT(seen.size(), 3u);
  for (size_t i = 1; i < seen.size(); ++i) EXPECT_GE(seen[i].bytes_read, seen[i - 1].bytes_read);
  EXPECT_EQ(seen.back().bytes_read, csv.size());
  EXPECT_EQ(seen.back().bytes_total, csv.size());
}

}  // namespace
}  // namespace onewindow
