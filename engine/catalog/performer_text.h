#pragma once

#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

// "county/civil-affairs", "intake/reception", "registration/...", "residence/...",
// "registration-county/...", "residence-county/..."; without a function the government of the place
// ("county"); "@zhaozhen-hall" names an organisation.
Result<Performer> ReadPerformer(std::string_view text);
// And back. Requires: the performer has a place.
std::string FormatPerformer(const Performer& performer);

}  // namespace onewindow
