#include "engine/kv/memory_kv.h"

#include <iterator>

#include "engine/base/check.h"

namespace onewindow {

// Shares every family as it stands.
class MemoryKv::View final : public Reader {
 public:
  explicit View(const MemoryKv& store) : store_(store) {
    const std::lock_guard lock(store_.mutex_);
    families_.assign(store_.families_.begin(), store_.families_.end());
  }
  ~View() override {
    const std::lock_guard lock(store_.mutex_);
    families_.clear();
  }

  Result<std::optional<std::string>> Get(Family family, std::string_view key) const override {
    const Entries& entries = Of(family);
    const auto found = entries.find(key);
    if (found == entries.end()) return std::optional<std::string>();
    return std::optional(found->second);
  }

  Result<ScanEnd> Scan(Family family, const KeyRange& range, const ScanOptions& options,
                       const Visitor& visit) const override {
    CHECK(options.limit > 0);
    if (range.until <= range.from) return ScanEnd{};
    const Entries& entries = Of(family);
    const auto begin = entries.lower_bound(range.from);
    const auto end = entries.lower_bound(range.until);
    if (options.direction == Direction::kForward) {
      return Walk(begin, end, options, visit, [&](const std::string& next, const std::string&) {
        return KeyRange{.from = next, .until = range.until};
      });
    }
    return Walk(std::make_reverse_iterator(end), std::make_reverse_iterator(begin), options, visit,
                [&](const std::string&, const std::string& last) {
                  return KeyRange{.from = range.from, .until = last};
                });
  }

 private:
  const Entries& Of(Family family) const {
    CHECK(family.index < families_.size()) << family.index;
    return *families_[family.index];
  }

  // rest(next key, last visited key) is the range that is left.
  template <typename Iterator, typename Rest>
  static ScanEnd Walk(Iterator at, Iterator end, const ScanOptions& options, const Visitor& visit,
                      const Rest& rest) {
    ScanEnd result;
    while (at != end) {
      const std::string& last = at->first;
      const Visit answer = visit(last, at->second);
      ++result.visited;
      ++at;
      if (answer == Visit::kContinue && result.visited < options.limit) continue;
      if (at != end) result.rest = rest(at->first, last);
      break;
    }
    return result;
  }

  const MemoryKv& store_;
  std::vector<std::shared_ptr<const Entries>> families_;
};

MemoryKv::MemoryKv(size_t family_count) {
  for (size_t i = 0; i < family_count; ++i) families_.push_back(std::make_shared<Entries>());
}

MemoryKv::~MemoryKv() = default;

Result<std::optional<std::string>> MemoryKv::Get(Family family, std::string_view key) const {
  return View(*this).Get(family, key);
}

Result<ScanEnd> MemoryKv::Scan(Family family, const KeyRange& range, const ScanOptions& options,
                               const Visitor& visit) const {
  return View(*this).Scan(family, range, options, visit);
}

std::unique_ptr<const Reader> MemoryKv::Snapshot() const { return std::make_unique<View>(*this); }

Status MemoryKv::Commit(const Batch& batch, Durability) {
  const std::lock_guard lock(mutex_);
  for (size_t i = 0; i < batch.size(); ++i) {
    const Batch::Operation operation = batch.operation(i);
    Entries& entries = Writable(operation.family);
    switch (operation.kind) {
      case Batch::Kind::kPut:
        entries.insert_or_assign(std::string(operation.key), std::string(operation.value));
        break;
      case Batch::Kind::kDelete:
        if (const auto found = entries.find(operation.key); found != entries.end()) {
          entries.erase(found);
        }
        break;
    }
  }
  return {};
}

Status MemoryKv::Sync() { return {}; }

MemoryKv::Entries& MemoryKv::Writable(Family family) {
  CHECK(family.index < families_.size()) << family.index;
  std::shared_ptr<Entries>& entries = families_[family.index];
  if (entries.use_count() > 1) entries = std::make_shared<Entries>(*entries);
  return *entries;
}

}  // namespace onewindow
