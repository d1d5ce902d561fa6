#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/yaml/problem.h"

namespace onewindow {

// Bounds of one document; more is refused by name.
inline constexpr size_t kYamlBytesMax = 4 << 20;
inline constexpr int kYamlDepthMax = 64;

// A text and the name under which its problems are reported.
struct YamlText {
  std::string file;
  std::string_view text;
};

// One node of a document as it was written: scalars keep their text, mappings their order and their
// duplicate keys.
struct YamlNode {
  enum class Kind { kNothing, kScalar, kSequence, kMapping };
  enum class Style { kPlain, kQuoted };

  Kind kind = Kind::kNothing;
  Style style = Style::kPlain;  // Of a scalar.
  // Where it begins. An empty value has no place of its own and stands where its key or list does.
  int line = 1;
  int column = 1;
  std::string text;              // Of a scalar.
  std::vector<YamlNode> keys;    // Of a mapping: keys[i] belongs to values[i].
  std::vector<YamlNode> values;  // Of a mapping or sequence.
};

enum class YamlDocuments { kOne, kMany };

struct ParsedYaml {
  std::vector<YamlNode> documents;
  Problems problems;
};

// Reads UTF-8 text as YAML 1.2, of which JSON is a part. Refused are aliases (a few bytes could
// stand for gigabytes), tags, invalid UTF-8, control characters, and what exceeds the bounds above.
// The first problem ends the reading.
ParsedYaml ParseYaml(const YamlText& source, YamlDocuments count = YamlDocuments::kOne);

// "a list", "text `abc`", ...: for messages.
std::string Describe(const YamlNode& node);

}  // namespace onewindow
