#pragma once

#include "engine/yaml/problem.h"

namespace onewindow {

// What a check of a document's meaning found. With errors the document is not to be used; warnings
// deserve a look and stop nothing.
struct Review {
  Findings errors;
  Findings warnings;

  bool ok() const { return errors.empty(); }
};

}  // namespace onewindow
