#pragma once

#include <optional>
#include <string_view>

namespace onewindow {

// An 实施编码 as provincial catalogues list it: BASIC-AREA-NNN-ORGAN-N-NN, such as
// 511A0138600000-511602000000-000-115113010833722043-1-00. Views of the code.
struct ItemCode {
  std::string_view basic;  // 基本编码; may contain '-'.
  std::string_view area;   // 行政区划代码, 12 digits.
  std::string_view organ;  // Of who implements the item; meant to be a 统一社会信用代码.
};

// Nothing where the text has another form.
std::optional<ItemCode> ReadItemCode(std::string_view text);

}  // namespace onewindow
