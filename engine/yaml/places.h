#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/yaml/problem.h"

namespace onewindow {

// Where each field of a loaded message stood, so that later checks can point into the file. Paths
// are written like "route.legs[1].branches[0].steps[2].limit"; the whole message is "".
class Places {
 public:
  Places() = default;
  explicit Places(std::string file) : file_(std::move(file)) {}

  void Set(std::string path, int line, int column);
  // Takes over all places of `other`, whose message has become the field `path` of this one.
  void Graft(const std::string& path, const Places& other);

  // Where the field stood. A field that was not written stands where what encloses it stood.
  Place At(std::string_view path) const;
  Problems Locate(const Findings& findings) const;

 private:
  std::string file_;
  std::map<std::string, Place, std::less<>> places_;
};

}  // namespace onewindow
