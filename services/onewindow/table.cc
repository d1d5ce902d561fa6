#include "services/onewindow/table.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "services/onewindow/display_width.h"

namespace onewindow {

void Table::Add(std::vector<std::string> cells) {
  CHECK(cells.size() == headings_.size()) << cells.size();
  for (std::string& cell : cells) cell = OneLine(cell);
  rows_.push_back(std::move(cells));
}

void Table::Print(std::ostream& out) const {
  std::vector<size_t> widths(headings_.size(), 0);
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(row[i]));
  }
  auto print = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (widths[i] == 0) continue;
      line += PadTo(cells[i], std::max(widths[i], DisplayWidth(headings_[i]))) + "  ";
    }
    out << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
  };
  print(headings_);
  for (const auto& row : rows_) print(row);
}

}  // namespace onewindow
