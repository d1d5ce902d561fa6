#include "engine/supervision/duration_sketch.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace onewindow {
namespace {

constexpr uint32_t kParts = 64;
constexpr int kPartsBits = 6;
// The bucket of the greatest uint64_t.
constexpr uint32_t kBucketMax = kParts * (64 - kPartsBits) + kParts - 1;

uint32_t BucketOf(uint64_t seconds) {
  if (seconds < kParts) return static_cast<uint32_t>(seconds);
  const int shift = static_cast<int>(std::bit_width(seconds)) - 1 - kPartsBits;
  const auto part = static_cast<uint32_t>(seconds >> shift) - kParts;
  return kParts * static_cast<uint32_t>(shift + 1) + part;
}

// The middle of what the bucket holds: at most 1/128 of the value away from either end.
double MiddleOf(uint32_t bucket) {
  if (bucket < kParts) return bucket;
  const int shift = static_cast<int>(bucket / kParts) - 1;
  const uint64_t from = uint64_t{kParts + bucket % kParts} << shift;
  return static_cast<double>(from) + static_cast<double>((uint64_t{1} << shift) - 1) / 2;
}

Fault Damaged() { return {FaultKind::kCorrupt, "a sketch of durations is damaged"}; }

}  // namespace

void DurationSketch::Add(uint64_t seconds) {
  ++count_;
  sum_ += seconds;
  max_ = std::max(max_, seconds);
  AddTo(BucketOf(seconds), 1);
}

void DurationSketch::Merge(const DurationSketch& other) {
  count_ += other.count_;
  sum_ += other.sum_;
  max_ = std::max(max_, other.max_);
  for (const Bucket& bucket : other.buckets_) AddTo(bucket.number, bucket.count);
}

double DurationSketch::Mean() const {
  return count_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(count_);
}

double DurationSketch::Quantile(double share) const {
  const auto rank = static_cast<uint64_t>(std::ceil(share * static_cast<double>(count_)));
  uint64_t seen = 0;
  for (const Bucket& bucket : buckets_) {
    seen += bucket.count;
    if (seen >= rank) return std::min(MiddleOf(bucket.number), static_cast<double>(max_));
  }
  return 0;
}

void DurationSketch::AddTo(uint32_t bucket, uint64_t count) {
  const auto place =
      std::lower_bound(buckets_.begin(), buckets_.end(), bucket,
                       [](const Bucket& entry, uint32_t number) { return entry.number < number; });
  if (place != buckets_.end() && place->number == bucket) {
    place->count += count;
  } else {
    buckets_.insert(place, {.number = bucket, .count = count});
  }
}

StoredSketch DurationSketch::ToProto() const {
  StoredSketch proto;
  proto.set_count(count_);
  proto.set_sum(sum_);
  proto.set_max(max_);
  for (const Bucket& bucket : buckets_) {
    proto.add_buckets(bucket.number);
    proto.add_counts(bucket.count);
  }
  return proto;
}

Result<DurationSketch> DurationSketch::FromProto(const StoredSketch& proto) {
  if (proto.buckets_size() != proto.counts_size()) return Damaged();
  DurationSketch sketch;
  uint64_t total = 0;
  for (int i = 0; i < proto.buckets_size(); ++i) {
    const Bucket bucket{.number = proto.buckets(i), .count = proto.counts(i)};
    const bool ascends = sketch.buckets_.empty() || sketch.buckets_.back().number < bucket.number;
    if (!ascends || bucket.count == 0 || bucket.number > kBucketMax) return Damaged();
    sketch.buckets_.push_back(bucket);
    total += bucket.count;
  }
  if (total != proto.count()) return Damaged();
  sketch.count_ = proto.count();
  sketch.sum_ = proto.sum();
  sketch.max_ = proto.max();
  return sketch;
}

}  // namespace onewindow
