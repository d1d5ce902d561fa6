#include <gmock/gmock.h>

#include <map>
#include <set>

#include "adapters/event_logs/log_mapping.h"
#include "tests/adapters/event_logs/log_fixture.h"

namespace onewindow {
namespace {

using ::testing::IsEmpty;

// The logs of people, read with the mappings that ship.
class RealLogsTest : public LogFixture {
 protected:
  Result<Occurrences> OpenShared(const std::string& log, const std::string& mapping_name,
                                 size_t memory_bytes = 64 << 20) {
    auto mapping = LoadLogMapping(ShippedMapping(mapping_name));
    if (!mapping.ok()) return mapping.fault();
    return Open(mapping.value(), SharedLog(log), memory_bytes);
  }
};

#define SKIP_WITHOUT(log)                                                               \
  if (!std::filesystem::exists(SharedLog(log))) {                                       \
    GTEST_SKIP() << SharedLog(log) << " is absent; set ONEWINDOW_SHARED to its folder"; \
  }

TEST_F(RealLogsTest, ReceiptHasTheCasesAndEventsThatItIsKnownFor) {
  SKIP_WITHOUT("receipt.csv");
  auto log = OpenShared("receipt.csv", "receipt.yaml");
  ASSERT_TRUE(log.ok()) << log.fault().message;
  const LogTotals& totals = log.value().totals();
  EXPECT_EQ(totals.cases, 1434u);
  EXPECT_EQ(totals.events, 8577u);
  EXPECT_EQ(totals.ended_cases, 1329u);
  EXPECT_EQ(totals.last_event_at, ParseInstant("2012-01-23 15:42:54.644+01:00"));
  EXPECT_EQ(totals.contradictions, 0u);
  EXPECT_FALSE(log.value().broken().has_value());
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(RealLogsTest, ReceiptKeepsTheOddLivesOfItsCases) {
  SKIP_WITHOUT("receipt.csv");
  auto log = OpenShared("receipt.csv", "receipt.yaml");
  ASSERT_TRUE(log.ok()) << log.fault().message;

  std::map<std::string, Instant> first_event;
  std::map<std::string, Instant> end;
  std::set<std::string> with_events_after_end;
  size_t late = 0;
  size_t ended_before_start = 0;
  std::map<LoggedEvent::Placement, size_t> placed;
  for (const Occurrence& occurrence : Drain(log.value())) {
    if (auto* ended = std::get_if<LoggedEnd>(&occurrence.what)) {
      end[ended->record.id] = occurrence.occurred_at;
      late += occurrence.occurred_at > ended->record.deadline;
      ended_before_start += occurrence.occurred_at < ended->record.start;
    }
    if (auto* event = std::get_if<LoggedEvent>(&occurrence.what)) {
      auto first = first_event.try_emplace(event->case_id, occurrence.occurred_at).first;
      first->second = std::min(first->second, occurrence.occurred_at);
      ++placed[event->placement];
      if (event->placement == LoggedEvent::Placement::kAfterEnd) {
        with_events_after_end.insert(event->case_id);
      }
    }
  }
  size_t ended_before_first_event = 0;
  for (const auto& [id, at] : end) ended_before_first_event += at < first_event[id];
  EXPECT_EQ(ended_before_first_event, 117u);
  EXPECT_EQ(with_events_after_end.size(), 145u);
  EXPECT_EQ(ended_before_start, 2u);
  EXPECT_EQ(late, 377u);
  EXPECT_EQ(placed[LoggedEvent::Placement::kBeforeStart], 12u);
  EXPECT_EQ(placed[LoggedEvent::Placement::kAfterEnd], 180u);
  EXPECT_EQ(placed[LoggedEvent::Placement::kWithin], 8385u);
}

TEST_F(RealLogsTest, ReceiptIsDeliveredInOrderOfTimeAndEachCaseBeginsWithItsStart) {
  SKIP_WITHOUT("receipt.csv");
  auto log = OpenShared("receipt.csv", "receipt.yaml");
  ASSERT_TRUE(log.ok()) << log.fault().message;
  Instant now = kInstantMin;
  std::set<std::string> started;
  std::set<std::string> ended;
  for (const Occurrence& occurrence : Drain(log.value())) {
    ASSERT_GE(occurrence.at, now);
    now = occurrence.at;
    if (auto* start = std::get_if<LoggedStart>(&occurrence.what)) {
      EXPECT_TRUE(started.insert(start->record.id).second) << start->record.id;
      EXPECT_NE(start->record.channel, CHANNEL_UNSPECIFIED);
    } else if (auto* end = std::get_if<LoggedEnd>(&occurrence.what)) {
      EXPECT_TRUE(started.contains(end->record.id));
      EXPECT_TRUE(ended.insert(end->record.id).second) << end->record.id;
    } else {
      const auto& event = std::get<LoggedEvent>(occurrence.what);
      EXPECT_TRUE(started.contains(event.case_id));
      EXPECT_EQ(ended.contains(event.case_id), event.placement == LoggedEvent::Placement::kAfterEnd)
          << Told(occurrence);
    }
  }
  EXPECT_EQ(started.size(), 1434u);
  EXPECT_EQ(ended.size(), 1329u);
}

TEST_F(RealLogsTest, ReceiptComesOutTheSameWhenItMustBeSortedOnDisk) {
  SKIP_WITHOUT("receipt.csv");
  auto in_memory = OpenShared("receipt.csv", "receipt.yaml");
  auto on_disk = OpenShared("receipt.csv", "receipt.yaml", 64 << 10);
  ASSERT_TRUE(in_memory.ok() && on_disk.ok());
  EXPECT_EQ(Told(Drain(in_memory.value())), Told(Drain(on_disk.value())));
  EXPECT_TRUE(std::filesystem::is_empty(temp()));
}

TEST_F(RealLogsTest, TheRunningExampleIsTheSameInCsvAndXes) {
  SKIP_WITHOUT("running-example.csv");
  auto csv = OpenShared("running-example.csv", "running-example.yaml");
  auto xes = OpenShared("running-example.xes", "running-example.yaml");
  ASSERT_TRUE(csv.ok()) << csv.fault().message;
  ASSERT_TRUE(xes.ok()) << xes.fault().message;
  EXPECT_EQ(csv.value().totals().cases, 6u);
  EXPECT_EQ(csv.value().totals().events, 42u);
  EXPECT_EQ(csv.value().totals().ended_cases, 0u);
  auto told = Told(Drain(csv.value()));
  EXPECT_EQ(told, Told(Drain(xes.value())));
  ASSERT_EQ(told.size(), 48u);
  EXPECT_EQ(told[0], "2010-12-30T10:02:00Z 1 starts");
  EXPECT_EQ(told[1], "2010-12-30T10:02:00Z 1 register request by Pete");
}

TEST_F(RealLogsTest, AGzippedXesIsReadLikeThePlainOne) {
  SKIP_WITHOUT("running-example.xes");
  std::ifstream file(SharedLog("running-example.xes"), std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(file), {}};
  auto mapping = LoadLogMapping(ShippedMapping("running-example.yaml"));
  ASSERT_TRUE(mapping.ok()) << mapping.fault().message;
  auto plain = Open(mapping.value(), SharedLog("running-example.xes"));
  auto packed = Open(mapping.value(), Write("log.xes.gz", Gzipped(content)));
  ASSERT_TRUE(plain.ok() && packed.ok());
  EXPECT_EQ(Told(Drain(plain.value())), Told(Drain(packed.value())));
}

}  // namespace
}  // namespace onewindow
