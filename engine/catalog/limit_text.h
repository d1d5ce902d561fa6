#pragma once

#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/clock.pb.h"

namespace onewindow {

// "20 working_days", "7 calendar_days", "8 service_hours", and back. The fault says what was
// expected.
Result<Limit> ReadLimit(std::string_view text);
// Requires: the limit has a unit.
std::string FormatLimit(const Limit& limit);

}  // namespace onewindow
