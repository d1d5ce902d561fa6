#include "engine/supervision/late_entries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::Key;

const Instant kRecorded = StartOf(MakeDate(2025, 10, 13), kBeijing);

OrganisationIndex Chart() {
  OrganisationChart chart;
  Organisation& county = *chart.add_organisations();
  county.set_id("jintang");
  county.set_name("金堂县");
  county.set_kind(Organisation::COUNTY);
  for (const char* id : {"east-window", "west-window"}) {
    Position& position = *chart.add_positions();
    position.set_id(id);
    position.set_name(id);
    position.set_organisation("jintang");
    position.add_duties(RECEPTION);
  }
  auto built = OrganisationIndex::Build(std::move(chart));
  EXPECT_TRUE(built.ok());
  return std::move(built).value();
}

LoggedCommand Entered(const std::string& position, Duration late_by) {
  LoggedCommand logged;
  *logged.mutable_recorded_at() = ToTimestamp(kRecorded);
  logged.mutable_caller()->set_position(position);
  *logged.mutable_command()->mutable_accept_case()->mutable_envelope()->mutable_occurred_at() =
      ToTimestamp(kRecorded - late_by);
  return logged;
}

TEST(LateByTest, IsTheTimeFromWhatHappenedToItsRecord) {
  EXPECT_EQ(LateBy(Entered("east-window", hours(3))), Duration(hours(3)));
}

TEST(LateByTest, WhatWasSaidToHappenNowIsInTime) {
  EXPECT_EQ(LateBy(Entered("east-window", Duration(0))), std::nullopt);
}

TEST(LateByTest, WhatTakesEffectEarlierByRuleIsNoLateEntry) {
  LoggedCommand alarms;
  *alarms.mutable_recorded_at() = ToTimestamp(kRecorded);
  alarms.mutable_command()->mutable_fire_alarms();
  *alarms.add_events()->mutable_occurred_at() = ToTimestamp(kRecorded - hours(3));
  EXPECT_EQ(LateBy(alarms), std::nullopt);
}

TEST(LateEntriesTest, CountByTheOrganisationOfThePositionThatEntered) {
  const OrganisationIndex chart = Chart();
  LateEntries entries;
  entries.Add(Entered("east-window", hours(1)), chart);
  entries.Add(Entered("west-window", hours(3)), chart);
  entries.Add(Entered("west-window", Duration(0)), chart);
  entries.Add(Entered("", hours(5)), chart);
  ASSERT_THAT(entries.by_organisation(), ElementsAre(Key(""), Key("jintang")));
  const DurationSketch& gap = entries.by_organisation().at("jintang");
  EXPECT_EQ(gap.count(), 2u);
  EXPECT_EQ(gap.sum(), 4u * 3600);
  EXPECT_EQ(gap.max(), 3u * 3600);
}

TEST(LateEntriesTest, ComeBackFromACheckpointAsTheyWere) {
  LateEntries entries;
  entries.Add(Entered("east-window", hours(30)), Chart());
  FoldCheckpoint saved;
  for (LateEntriesCell& cell : entries.ToProto()) *saved.add_late_entries() = std::move(cell);
  auto restored = LateEntries::FromProto(saved.late_entries());
  ASSERT_TRUE(restored.ok());
  EXPECT_EQ(restored.value(), entries);
  EXPECT_NE(restored.value(), LateEntries());
}

TEST(LateEntriesTest, ADamagedCheckpointIsRefused) {
  FoldCheckpoint damaged;
  damaged.add_late_entries()->mutable_gap()->add_buckets(7);
  EXPECT_EQ(LateEntries::FromProto(damaged.late_entries()).fault().kind, FaultKind::kCorrupt);
}

}  // namespace
}  // namespace onewindow
