#pragma once

#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

// "county/civil-affairs", "intake/reception", "registration/...", "residence/...",
// "registration-county/...", "residence-county/..."; without a function the government of the place
// ("county"); "@zhaozhen-hall" names an organisation.
Result<Performer> ReadPerformer(std::string_view text);

}  // namespace onewindow
