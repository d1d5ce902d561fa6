#pragma once

#include <string_view>

namespace onewindow {

inline constexpr std::string_view kServerVersion = "0.1.0";

}  // namespace onewindow
