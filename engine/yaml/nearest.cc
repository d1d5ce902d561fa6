#include "engine/yaml/nearest.h"

#include <algorithm>
#include <numeric>

namespace onewindow {

// Longer words are not misspellings of a name, and comparing them costs their length times ours.
constexpr size_t kComparedBytesMax = 64;

size_t EditDistance(std::string_view from, std::string_view to) {
  std::vector<size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < from.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < to.size(); ++j) {
      size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string OneOf(const std::vector<std::string>& allowed) {
  std::string text;
  for (size_t i = 0; i < allowed.size(); ++i) {
    if (i > 0) text += i + 1 == allowed.size() ? " or " : ", ";
    text += "`" + allowed[i] + "`";
  }
  return text.empty() ? "nothing" : text;
}

std::vector<std::string> NearestFirst(std::string_view word, std::vector<std::string> words) {
  std::string_view compared = word.substr(0, kComparedBytesMax);
  std::stable_sort(words.begin(), words.end(), [&](const auto& left, const auto& right) {
    return EditDistance(compared, left) < EditDistance(compared, right);
  });
  return words;
}

std::string Suggest(std::string_view word, const std::vector<std::string>& allowed) {
  auto ordered = NearestFirst(word, allowed);
  size_t tolerance = std::max<size_t>(1, word.size() / 3);
  if (!ordered.empty() && word.size() <= kComparedBytesMax &&
      EditDistance(word, ordered.front()) <= tolerance) {
    return "did you mean `" + ordered.front() + "`?";
  }
  return "expected " + OneOf(allowed);
}

}  // namespace onewindow
