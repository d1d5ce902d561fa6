#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace onewindow {

// Rows under headings, in columns that fit their widest cell; Chinese takes two columns.
class Table {
 public:
  explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}

  // Requires: a cell for each heading.
  void Add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  // Columns in which every cell is empty are left out.
  void Print(std::ostream& out) const;

 private:
  std::vector<std::string> headings_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace onewindow
