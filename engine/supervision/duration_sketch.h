#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/checkpoint.pb.h"

namespace onewindow {

// How long many things took: count, sum and maximum exactly, quantiles to within 1 % of their
// value. Two sketches merge into that of both. Integers only, so that every machine finds the same.
//
// Format of a bucket: seconds below 64 are their own bucket. From there on each doubling is cut
// into 64 equal parts: bucket 64 * n + m holds the values v with v >> (n - 1) == 64 + m.
class DurationSketch {
 public:
  void Add(uint64_t seconds);
  void Merge(const DurationSketch& other);

  uint64_t count() const { return count_; }
  uint64_t sum() const { return sum_; }
  uint64_t max() const { return max_; }
  // 0 where the sketch is empty.
  double Mean() const;
  // The value that `share` of all do not exceed. Requires: 0 < share <= 1.
  double Quantile(double share) const;

  StoredSketch ToProto() const;
  // kCorrupt unless ToProto made it.
  static Result<DurationSketch> FromProto(const StoredSketch& proto);

  friend bool operator==(const DurationSketch&, const DurationSketch&) = default;

 private:
  struct Bucket {
    uint32_t number = 0;
    uint64_t count = 0;

    friend bool operator==(const Bucket&, const Bucket&) = default;
  };

  void AddTo(uint32_t bucket, uint64_t count);

  uint64_t count_ = 0;
  uint64_t sum_ = 0;
  uint64_t max_ = 0;
  std::vector<Bucket> buckets_;  // In ascending order of number, none empty.
};

}  // namespace onewindow
