#pragma once

#include <string_view>

namespace onewindow {

// Whether the text is a 统一社会信用代码 of the right form with the right check character (GB
// 32100). Codes in use exist that fail, so it is a reason to warn and never one to refuse.
bool IsCreditCode(std::string_view code);

}  // namespace onewindow
