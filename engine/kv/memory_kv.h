#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/kv/kv.h"

namespace onewindow {

// A store that lives and dies with its process: for tests and simulation. It never fails.
class MemoryKv final : public Kv {
 public:
  explicit MemoryKv(size_t family_count);
  ~MemoryKv() override;

  Result<std::optional<std::string>> Get(Family family, std::string_view key) const override;
  Result<ScanEnd> Scan(Family family, const KeyRange& range, const ScanOptions& options,
                       const Visitor& visit) const override;
  std::unique_ptr<const Reader> Snapshot() const override;
  Status Commit(const Batch& batch, Durability durability) override;
  Status Sync() override;

 private:
  class View;
  using Entries = std::map<std::string, std::string, std::less<>>;

  // A family's entries are shared with the views that look at them. They are changed in place when
  // nobody looks, else copied first.
  Entries& Writable(Family family);

  // Guards families_ and, because views are made and dropped under it, who shares them.
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Entries>> families_;
};

}  // namespace onewindow
