#pragma once

#include <cstdint>
#include <string>

#include "services/onewindow/terminal.h"

namespace onewindow {

// How far long work is, on `err`: a bar that is redrawn for a person, a line for each tenth for a
// program. Shows nothing where the total is not known.
class ProgressBar {
 public:
  ProgressBar(Terminal& terminal, std::string what);
  // A bar that is not full is ended with its line.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Show(uint64_t done, uint64_t total);

 private:
  void Draw(uint64_t percent);

  Terminal* terminal_;
  std::string what_;
  // What was shown last, in steps of 1 % for a person and 10 % for a program.
  int64_t shown_ = -1;
  bool drawn_ = false;
};

}  // namespace onewindow
