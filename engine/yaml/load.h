#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/yaml/places.h"
#include "engine/yaml/problem.h"
#include "engine/yaml/yaml_node.h"

namespace onewindow {

// Messages that may be written as one scalar instead of a mapping: "20 working_days".
class Shorthands {
 public:
  using Read = std::function<Status(std::string_view text, google::protobuf::Message& message)>;

  // `read` makes the message of the text, or says in its fault what would be right.
  template <typename M>
  Shorthands& Add(std::function<Result<M>(std::string_view text)> read) {
    reads_[M::descriptor()->full_name()] =
        [read = std::move(read)](std::string_view text, google::protobuf::Message& message) {
          Result<M> result = read(text);
          if (!result.ok()) return Status(result.fault());
          message.CopyFrom(result.value());
          return Status();
        };
    return *this;
  }

  // Null if the message has no short form.
  const Read* Find(const google::protobuf::Descriptor& message) const;

 private:
  std::map<std::string, Read> reads_;  // By the full name of the message.
};

// A message with the places of its fields. With problems the message is not to be used.
template <typename M>
struct Loaded {
  M message;
  Places places;
  Problems problems;

  bool ok() const { return problems.empty(); }
};

// Fills `message` from a node and notes in `places` where each field stood. All problems are
// reported, at most kProblemsMax of them.
inline constexpr size_t kProblemsMax = 100;
Problems FillMessage(const std::string& file, const YamlNode& node, const Shorthands& shorthands,
                     google::protobuf::Message& message, Places& places);

// Reads a document as the message, strictly. Keys are the field names; lists are sequences,
// messages mappings; enum values are lower-case without the prefix that they share ("workday"), and
// the unspecified one cannot be written; whole numbers are decimal; timestamps are RFC 3339 with an
// offset. Unknown and duplicate keys, wrong types, numbers out of range and two arms of one oneof
// are problems.
template <typename M>
Loaded<M> LoadYaml(const YamlText& source, const Shorthands& shorthands = {}) {
  Loaded<M> loaded{.message = {}, .places = Places(source.file), .problems = {}};
  ParsedYaml parsed = ParseYaml(source);
  loaded.problems = std::move(parsed.problems);
  if (!loaded.ok()) return loaded;
  loaded.problems =
      FillMessage(source.file, parsed.documents.front(), shorthands, loaded.message, loaded.places);
  return loaded;
}

// The same for a text of one or more documents, separated by "---" lines. A text that is malformed
// gives one element with the problem.
template <typename M>
std::vector<Loaded<M>> LoadYamlDocuments(const YamlText& source,
                                         const Shorthands& shorthands = {}) {
  std::vector<Loaded<M>> all;
  ParsedYaml parsed = ParseYaml(source, YamlDocuments::kMany);
  if (!parsed.problems.empty()) {
    all.push_back({.message = {}, .places = Places(source.file), .problems = parsed.problems});
  }
  for (const YamlNode& document : parsed.documents) {
    Loaded<M> loaded{.message = {}, .places = Places(source.file), .problems = {}};
    loaded.problems = FillMessage(source.file, document, shorthands, loaded.message, loaded.places);
    all.push_back(std::move(loaded));
  }
  return all;
}

}  // namespace onewindow
