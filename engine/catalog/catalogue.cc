#include "engine/catalog/catalogue.h"

#include <unordered_map>
#include <utility>

#include "engine/base/check.h"

namespace onewindow {
namespace {

// Version n stands at n - 1. Never empty.
using Versions = std::vector<std::shared_ptr<const ServiceItem>>;

}  // namespace

struct Catalogue::Items {
  // Number n stands at n - 1.
  std::vector<std::shared_ptr<const Versions>> by_number;
  // The keys are views into the first version of each item.
  std::unordered_map<std::string_view, uint32_t> numbers;

  const Versions* Find(ItemNumber number) const {
    if (number.value == 0 || number.value > by_number.size()) return nullptr;
    return by_number[number.value - 1].get();
  }
  const Versions* Find(std::string_view id) const {
    auto found = numbers.find(id);
    return found == numbers.end() ? nullptr : Find(ItemNumber{found->second});
  }
};

Catalogue::Catalogue() : Catalogue(std::make_shared<const Items>()) {}

Catalogue::Catalogue(std::shared_ptr<const Items> items) : items_(std::move(items)) {}

const ServiceItem* Catalogue::Find(std::string_view id, uint32_t version) const {
  const Versions* versions = items_->Find(id);
  if (versions == nullptr || version == 0 || version > versions->size()) return nullptr;
  return (*versions)[version - 1].get();
}

const ServiceItem* Catalogue::Current(std::string_view id) const {
  const Versions* versions = items_->Find(id);
  return versions == nullptr ? nullptr : versions->back().get();
}

const ServiceItem* Catalogue::Current(ItemNumber number) const {
  const Versions* versions = items_->Find(number);
  return versions == nullptr ? nullptr : versions->back().get();
}

std::vector<const ServiceItem*> Catalogue::AllCurrent() const {
  std::vector<const ServiceItem*> all;
  all.reserve(items_->by_number.size());
  for (const auto& versions : items_->by_number) all.push_back(versions->back().get());
  return all;
}

ServiceItem Catalogue::Numbered(ServiceItem item) const {
  const ServiceItem* current = Current(item.id());
  item.set_version(current ? current->version() + 1 : 1);
  item.set_number(current ? current->number()
                          : static_cast<uint32_t>(items_->by_number.size()) + 1);
  return item;
}

Catalogue Catalogue::With(ServiceItem item) const {
  const Versions* known = items_->Find(item.id());
  Versions versions = known ? *known : Versions();
  auto items = std::make_shared<Items>(*items_);
  if (!known) items->by_number.emplace_back();
  CHECK(item.version() == versions.size() + 1) << item.id() << " version " << item.version();
  CHECK(item.number() == (known ? known->front()->number() : items->by_number.size()))
      << item.id() << " number " << item.number();

  uint32_t number = item.number();
  versions.push_back(std::make_shared<const ServiceItem>(std::move(item)));
  items->numbers.emplace(versions.front()->id(), number);
  items->by_number[number - 1] = std::make_shared<const Versions>(std::move(versions));
  return Catalogue(std::move(items));
}

}  // namespace onewindow
