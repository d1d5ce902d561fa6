#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace onewindow {

// A column family: its index in the list of families that the store was opened with.
struct Family {
  size_t index = 0;

  friend bool operator==(const Family&, const Family&) = default;
};

// No key is longer, so that AfterEveryKey() can exist. Keys may be empty.
inline constexpr size_t kKeyBytesMax = 1024;

// Changes that become visible and durable together or not at all. Within a batch the later of two
// changes to a key wins.
class Batch {
 public:
  enum class Kind { kPut, kDelete };
  // Valid until the batch is changed.
  struct Operation {
    Kind kind;
    Family family;
    std::string_view key;
    std::string_view value;  // Empty in a delete.
  };

  // Requires: key.size() <= kKeyBytesMax.
  void Put(Family family, std::string_view key, std::string_view value);
  // Deleting a key that is not there changes nothing.
  void Delete(Family family, std::string_view key);
  // Empty again, its memory kept for the next use.
  void Clear();

  // Puts and deletes: what a store charges for is their number more than their bytes.
  size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  // Keys and values, without what the store adds to them.
  size_t bytes() const { return bytes_.size(); }
  // In the order of insertion. Requires: index < size().
  Operation operation(size_t index) const;

 private:
  struct Entry {
    Kind kind;
    Family family;
    size_t key_begin;
    size_t value_begin;
    size_t value_end;
  };

  void Append(Kind kind, Family family, std::string_view key, std::string_view value);

  std::string bytes_;
  std::vector<Entry> entries_;
};

}  // namespace onewindow
