#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onewindow {

// Insertions, deletions and replacements of bytes that make one text of the other.
size_t EditDistance(std::string_view from, std::string_view to);

// "`a`, `b` or `c`".
std::string OneOf(const std::vector<std::string>& allowed);

// What to tell who wrote an unknown word: "did you mean `days`?" if one is near, else all that are
// allowed.
std::string Suggest(std::string_view word, const std::vector<std::string>& allowed);

// The words, nearest to `word` first.
std::vector<std::string> NearestFirst(std::string_view word, std::vector<std::string> words);

}  // namespace onewindow
