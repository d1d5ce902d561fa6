#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

// All published items in all their versions. A value that never changes: copying it is cheap, and
// With makes the next one. Pointers live as long as any catalogue that holds the item; null means
// that there is no such thing.
class Catalogue {
 public:
  Catalogue();

  const ServiceItem* Find(std::string_view id, uint32_t version) const;
  // The latest version.
  const ServiceItem* Current(std::string_view id) const;
  const ServiceItem* Current(ItemNumber number) const;
  // The latest version of every item, by number.
  std::vector<const ServiceItem*> AllCurrent() const;

  // The item as it is published next: with its next version, and the number it has or the next one.
  ServiceItem Numbered(ServiceItem item) const;
  // Requires: version and number as Numbered gives them.
  Catalogue With(ServiceItem item) const;

 private:
  struct Items;

  explicit Catalogue(std::shared_ptr<const Items> items);

  std::shared_ptr<const Items> items_;
};

}  // namespace onewindow
