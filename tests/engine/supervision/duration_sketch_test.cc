#include "engine/supervision/duration_sketch.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

namespace onewindow {
namespace {

DurationSketch SketchOf(const std::vector<uint64_t>& values) {
  DurationSketch sketch;
  for (const uint64_t value : values) sketch.Add(value);
  return sketch;
}

// Durations of every size, from seconds to years.
rc::Gen<std::vector<uint64_t>> Durations() {
  const auto one = rc::gen::apply([](uint64_t bits, int shift) { return bits >> shift; },
                                  rc::gen::inRange<uint64_t>(0, uint64_t{1} << 40),
                                  rc::gen::inRange(0, 40));
  return rc::gen::nonEmpty(rc::gen::container<std::vector<uint64_t>>(one));
}

TEST(DurationSketchTest, AnEmptyOneHasNoFigures) {
  const DurationSketch sketch;
  EXPECT_EQ(sketch.Mean(), 0);
  EXPECT_EQ(sketch.Quantile(0.5), 0);
}

TEST(DurationSketchTest, CountSumMeanAndMaximumAreExact) {
  const DurationSketch sketch = SketchOf({1, 1000, 1'000'000});
  EXPECT_EQ(sketch.count(), 3u);
  EXPECT_EQ(sketch.sum(), 1'001'001u);
  EXPECT_EQ(sketch.max(), 1'000'000u);
  EXPECT_DOUBLE_EQ(sketch.Mean(), 333667);
}

TEST(DurationSketchTest, RefusesABucketThatDoesNotExist) {
  StoredSketch proto = SketchOf({5}).ToProto();
  proto.set_buckets(0, 64 * 60);
  EXPECT_FALSE(DurationSketch::FromProto(proto).ok());
}

TEST(DurationSketchTest, RefusesACountThatIsNotTheSum) {
  StoredSketch proto = SketchOf({5}).ToProto();
  proto.set_count(2);
  EXPECT_FALSE(DurationSketch::FromProto(proto).ok());
}

RC_GTEST_PROP(DurationSketchProperty, QuantilesAreWithinOnePercent, ()) {
  std::vector<uint64_t> values = *Durations();
  const DurationSketch sketch = SketchOf(values);
  std::ranges::sort(values);
  for (const double share : {0.01, 0.5, 0.9, 0.99, 1.0}) {
    const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(values.size())));
    const auto exact = static_cast<double>(values[rank - 1]);
    RC_ASSERT(std::abs(sketch.Quantile(share) - exact) <= exact / 100);
  }
}

RC_GTEST_PROP(DurationSketchProperty, MergedIsTheSketchOfBoth, ()) {
  const std::vector<uint64_t> first = *Durations();
  const std::vector<uint64_t> second = *Durations();
  std::vector<uint64_t> both = first;
  both.insert(both.end(), second.begin(), second.end());
  DurationSketch merged = SketchOf(first);
  merged.Merge(SketchOf(second));
  RC_ASSERT(merged == SketchOf(both));
}

RC_GTEST_PROP(DurationSketchProperty, ComesBackFromItsProto, ()) {
  const DurationSketch sketch = SketchOf(*Durations());
  Result<DurationSketch> read = DurationSketch::FromProto(sketch.ToProto());
  RC_ASSERT(read.ok());
  RC_ASSERT(read.value() == sketch);
}

}  // namespace
}  // namespace onewindow
