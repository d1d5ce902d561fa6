#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace onewindow {

// A set in order, for millions of small values: chunks of sorted arrays, so that a value costs
// little more than its own size, and changes move a few hundred at most.
template <typename T>
class SortedChunks {
 public:
  // A place between values; void after any change.
  class Cursor {
   public:
    bool at_end() const { return chunk_ == chunks_->size(); }
    // Requires: !at_end().
    const T& operator*() const { return (*chunks_)[chunk_][index_]; }
    Cursor& operator++() {
      if (++index_ == (*chunks_)[chunk_].size()) {
        ++chunk_;
        index_ = 0;
      }
      return *this;
    }

   private:
    friend class SortedChunks;
    Cursor(const std::vector<std::vector<T>>& chunks, size_t chunk, size_t index)
        : chunks_(&chunks), chunk_(chunk), index_(index) {}
    const std::vector<std::vector<T>>* chunks_;
    size_t chunk_;
    size_t index_;
  };

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  void Insert(const T& value) {
    if (chunks_.empty()) chunks_.emplace_back();
    const size_t at = std::min(ChunkOf(value), chunks_.size() - 1);
    std::vector<T>& chunk = chunks_[at];
    const auto place = std::lower_bound(chunk.begin(), chunk.end(), value);
    if (place != chunk.end() && *place == value) return;
    chunk.insert(place, value);
    ++size_;
    if (chunk.size() > kChunkMax) Split(at);
  }

  void Erase(const T& value) {
    const size_t at = ChunkOf(value);
    if (at == chunks_.size()) return;
    std::vector<T>& chunk = chunks_[at];
    const auto place = std::lower_bound(chunk.begin(), chunk.end(), value);
    if (place == chunk.end() || *place != value) return;
    chunk.erase(place);
    --size_;
    if (chunk.empty()) chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(at));
  }

  // Takes the place of everything. Sorts the values itself: much faster than inserting each.
  void Assign(std::vector<T> values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    chunks_.clear();
    size_ = values.size();
    for (auto from = values.begin(); from != values.end();) {
      const auto rest = static_cast<size_t>(values.end() - from);
      const auto until = from + static_cast<std::ptrdiff_t>(std::min(rest, kChunkMax / 2));
      chunks_.emplace_back(from, until);
      from = until;
    }
  }

  Cursor begin() const { return {chunks_, 0, 0}; }
  // The first value not less than `value`.
  Cursor LowerBound(const T& value) const {
    const size_t at = ChunkOf(value);
    if (at == chunks_.size()) return {chunks_, at, 0};
    const std::vector<T>& chunk = chunks_[at];
    const auto place = std::lower_bound(chunk.begin(), chunk.end(), value);
    return {chunks_, at, static_cast<size_t>(place - chunk.begin())};
  }

  // How many values are less than `value`.
  size_t CountBelow(const T& value) const {
    const size_t at = ChunkOf(value);
    size_t count = 0;
    for (size_t i = 0; i < at; ++i) count += chunks_[i].size();
    if (at == chunks_.size()) return count;
    const std::vector<T>& chunk = chunks_[at];
    const auto place = std::lower_bound(chunk.begin(), chunk.end(), value);
    return count + static_cast<size_t>(place - chunk.begin());
  }

  friend bool operator==(const SortedChunks& a, const SortedChunks& b) {
    if (a.size_ != b.size_) return false;
    Cursor other = b.begin();
    for (Cursor mine = a.begin(); !mine.at_end(); ++mine, ++other) {
      if (*mine != *other) return false;
    }
    return true;
  }

 private:
  static constexpr size_t kChunkMax = 512;

  // The first chunk that does not end below the value. Invariant: no chunk is empty, except the
  // only one between its making and the first insertion.
  size_t ChunkOf(const T& value) const {
    const auto found = std::partition_point(
        chunks_.begin(), chunks_.end(),
        [&value](const std::vector<T>& chunk) { return !chunk.empty() && chunk.back() < value; });
    return static_cast<size_t>(found - chunks_.begin());
  }

  void Split(size_t at) {
    const auto middle = chunks_[at].begin() + static_cast<std::ptrdiff_t>(chunks_[at].size() / 2);
    std::vector<T> upper(middle, chunks_[at].end());
    chunks_[at].erase(middle, chunks_[at].end());
    chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(upper));
  }

  std::vector<std::vector<T>> chunks_;
  size_t size_ = 0;
};

}  // namespace onewindow
