#pragma once

#include <string>
#include <vector>

#include "services/onewindow/terminal.h"

namespace onewindow {

enum class Health {
  kGood,
  kWarning,  // Works, and deserves a look.
  kFault,    // Must be mended.
};

// One thing that the doctor looked at.
struct Diagnosis {
  Health health = Health::kGood;
  std::string subject;  // "calendar china"
  std::string text;
};

// A line each, aligned; and the code to end with: 3 where anything is not good.
ExitCode PrintDiagnoses(const std::vector<Diagnosis>& diagnoses, Terminal& terminal);

}  // namespace onewindow
