#include "engine/kv/batch.h"

#include "engine/base/check.h"

namespace onewindow {

void Batch::Put(Family family, std::string_view key, std::string_view value) {
  Append(Kind::kPut, family, key, value);
}

void Batch::Delete(Family family, std::string_view key) { Append(Kind::kDelete, family, key, {}); }

void Batch::Clear() {
  bytes_.clear();
  entries_.clear();
}

Batch::Operation Batch::operation(size_t index) const {
  CHECK(index < entries_.size());
  const Entry& entry = entries_[index];
  const std::string_view bytes = bytes_;
  return {.kind = entry.kind,
          .family = entry.family,
          .key = bytes.substr(entry.key_begin, entry.value_begin - entry.key_begin),
          .value = bytes.substr(entry.value_begin, entry.value_end - entry.value_begin)};
}

void Batch::Append(Kind kind, Family family, std::string_view key, std::string_view value) {
  CHECK(key.size() <= kKeyBytesMax) << key.size();
  const size_t key_begin = bytes_.size();
  bytes_.append(key);
  const size_t value_begin = bytes_.size();
  bytes_.append(value);
  entries_.push_back({.kind = kind,
                      .family = family,
                      .key_begin = key_begin,
                      .value_begin = value_begin,
                      .value_end = bytes_.size()});
}

}  // namespace onewindow
