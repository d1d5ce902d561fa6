#include "engine/yaml/places.h"

namespace onewindow {
namespace {

// "a.b[2]" -> "a.b" -> "a" -> "".
std::string_view Enclosing(std::string_view path) {
  size_t cut = path.find_last_of(".[");
  return cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
}

std::string Join(const std::string& outer, const std::string& inner) {
  if (outer.empty() || inner.empty() || inner.front() == '[') return outer + inner;
  return outer + "." + inner;
}

}  // namespace

void Places::Set(std::string path, int line, int column) {
  places_[std::move(path)] = {file_, line, column};
}

void Places::Graft(const std::string& path, const Places& other) {
  for (const auto& [inner, place] : other.places_) places_[Join(path, inner)] = place;
}

Place Places::At(std::string_view path) const {
  while (true) {
    if (auto found = places_.find(path); found != places_.end()) return found->second;
    if (path.empty()) return {file_, 1, 1};
    path = Enclosing(path);
  }
}

Problems Places::Locate(const Findings& findings) const {
  Problems problems;
  for (const Finding& finding : findings) {
    problems.push_back(ProblemAt(At(finding.path), finding.message));
  }
  return problems;
}

}  // namespace onewindow
