#pragma once

#include <string>

#include "engine/base/result.h"

namespace onewindow {

// What li's calls say of themselves, and li's name on the chart (desk_item.h).
inline constexpr char kDeskAuthorization[] = "Bearer a-token-that-only-tests-and-benchmarks-use";
inline constexpr char kDeskPerson[] = "li";

// Makes a data directory in which the county of desk_item.h is published, with the calendar of
// China and a credentials file with the token of kDeskAuthorization: a server that is started on it
// can be called. Faults are the engine's; a refusal is kInvalid.
Status MakeDeskCounty(const std::string& directory);

}  // namespace onewindow
