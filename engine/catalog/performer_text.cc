#include "engine/catalog/performer_text.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/base/check.h"
#include "engine/base/name.h"

namespace onewindow {
namespace {

struct PlaceWord {
  std::string_view word;
  Performer::Place place;
};
constexpr std::array<PlaceWord, 6> kPlaces = {{
    {"county", Performer::COUNTY_OF_INTAKE},
    {"intake", Performer::TOWNSHIP_OF_INTAKE},
    {"registration", Performer::TOWNSHIP_OF_REGISTRATION},
    {"residence", Performer::TOWNSHIP_OF_RESIDENCE},
    {"registration-county", Performer::COUNTY_OF_REGISTRATION},
    {"residence-county", Performer::COUNTY_OF_RESIDENCE},
}};

Fault NoPerformer(std::string_view text) {
  return {FaultKind::kInvalid,
          "expected a performer such as `county/civil-affairs`, `intake/reception`, "
          "`registration/civil-affairs`, `residence/civil-affairs`, "
          "`registration-county/civil-affairs`, `residence-county/civil-affairs` or `@zhaozhen`, "
          "but found `" +
              std::string(text) + "`"};
}

Performer MakePerformer(Performer::Place place, std::string_view organisation) {
  Performer performer;
  performer.set_place(place);
  performer.set_organisation(std::string(organisation));
  return performer;
}

}  // namespace

Result<Performer> ReadPerformer(std::string_view text) {
  if (text.starts_with('@')) {
    if (!IsName(text.substr(1))) return NoPerformer(text);
    return MakePerformer(Performer::NAMED, text.substr(1));
  }
  size_t slash = text.find('/');
  auto known = std::find_if(kPlaces.begin(), kPlaces.end(), [&](const PlaceWord& place) {
    return place.word == text.substr(0, slash);
  });
  if (known == kPlaces.end()) return NoPerformer(text);
  if (slash == std::string_view::npos) return MakePerformer(known->place, "");
  if (!IsName(text.substr(slash + 1))) return NoPerformer(text);
  return MakePerformer(known->place, text.substr(slash + 1));
}

std::string FormatPerformer(const Performer& performer) {
  if (performer.place() == Performer::NAMED) return "@" + performer.organisation();
  auto known = std::find_if(kPlaces.begin(), kPlaces.end(), [&](const PlaceWord& place) {
    return place.place == performer.place();
  });
  CHECK(known != kPlaces.end()) << "a performer without a place";
  std::string text(known->word);
  return performer.organisation().empty() ? text : text + "/" + performer.organisation();
}

}  // namespace onewindow
