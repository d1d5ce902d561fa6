#include "engine/runtime/clock_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onewindow {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::Optional;

constexpr ClockGuard::Bounds kBounds{.jump_max = hours(1), .downtime_max = days(30)};
const Instant kThen = StartOf(*ParseDate("2025-09-22"), kBeijing);

Moment At(Instant wall, Duration steady) { return {.wall = wall, .steady = steady}; }

TEST(ClockGuardTest, DowntimeBeyondItsBoundIsToldInDays) {
  const ClockGuard guard(kBounds, kThen);
  EXPECT_EQ(guard.WhyRefuse(At(kThen + days(30), hours(0))), std::nullopt);
  EXPECT_THAT(guard.WhyRefuse(At(kThen + days(400), hours(0))),
              Optional(HasSubstr("2026-10-27T00:00:00+08:00, lies 400 days ahead")));
}

TEST(ClockGuardTest, AJumpWhileRunningIsToldInMinutes) {
  ClockGuard guard(kBounds, kThen);
  guard.Recorded(At(kThen, hours(0)));
  EXPECT_EQ(guard.WhyRefuse(At(kThen + hours(2), hours(1))), std::nullopt);
  EXPECT_THAT(guard.WhyRefuse(At(kThen + hours(3), hours(1))),
              Optional(HasSubstr("lies 120 minutes ahead")));
}

TEST(ClockGuardTest, WhatWasConfirmedIsNoJumpAnyMore) {
  ClockGuard guard(kBounds, kThen);
  const Moment moment = At(kThen + days(400), hours(0));
  guard.Confirm(moment);
  EXPECT_EQ(guard.WhyRefuse(moment), std::nullopt);
  EXPECT_EQ(guard.Now(moment), kThen + days(400));
}

TEST(ClockGuardTest, TimeNeverGoesBack) {
  const ClockGuard guard(kBounds, kThen);
  EXPECT_EQ(guard.WhyRefuse(At(kThen - days(1), hours(0))), std::nullopt);
  EXPECT_EQ(guard.Now(At(kThen - days(1), hours(0))), kThen);
}

}  // namespace
}  // namespace onewindow
