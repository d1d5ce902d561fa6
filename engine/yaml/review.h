#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "engine/yaml/problem.h"

namespace onewindow {

// What a check of a document's meaning found. With errors the document is not to be used; warnings
// deserve a look and stop nothing.
struct Review {
  Findings errors;
  Findings warnings;

  bool ok() const { return errors.empty(); }

  void AddError(std::string path, std::string message) {
    errors.push_back({std::move(path), std::move(message)});
  }
  void AddWarning(std::string path, std::string message) {
    warnings.push_back({std::move(path), std::move(message)});
  }
  void Add(Review other) {
    std::move(other.errors.begin(), other.errors.end(), std::back_inserter(errors));
    std::move(other.warnings.begin(), other.warnings.end(), std::back_inserter(warnings));
  }
};

}  // namespace onewindow
