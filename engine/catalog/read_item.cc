#include "engine/catalog/read_item.h"

#include <utility>

#include "engine/catalog/check_item.h"
#include "engine/catalog/defaults.h"
#include "engine/catalog/limit_text.h"
#include "engine/catalog/performer_text.h"
#include "engine/yaml/load.h"

namespace onewindow {

ItemDocument ReadItem(const YamlText& source) {
  auto shorthands = Shorthands().Add<Limit>(ReadLimit).Add<Performer>(ReadPerformer);
  auto loaded = LoadYaml<ServiceItem>(source, shorthands);
  if (!loaded.ok()) return {.item = {}, .errors = std::move(loaded.problems), .warnings = {}};
  ServiceItem item = WithDefaults(std::move(loaded.message));
  Review review = CheckItem(item);
  return {.item = std::move(item),
          .errors = loaded.places.Locate(review.errors),
          .warnings = loaded.places.Locate(review.warnings)};
}

}  // namespace onewindow
