#include "engine/yaml/yaml_node.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "engine/yaml/utf8.h"

namespace onewindow {
namespace {

// yaml-cpp counts lines and columns from 0 and columns in bytes.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text) : text_(text) {
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  Place At(const std::string& file, int line, int byte_column) const {
    if (line < 0) return {file, 1, 1};
    size_t row = std::min(static_cast<size_t>(line), starts_.size() - 1);
    auto before = text_.substr(starts_[row], static_cast<size_t>(std::max(byte_column, 0)));
    return {file, static_cast<int>(row) + 1, CountCharacters(before) + 1};
  }

  Place AtByte(const std::string& file, size_t position) const {
    auto after = std::upper_bound(starts_.begin(), starts_.end(), position);
    auto row = after - starts_.begin() - 1;
    return At(file, static_cast<int>(row), static_cast<int>(position - *(after - 1)));
  }

 private:
  std::string_view text_;
  std::vector<size_t> starts_ = {0};
};

// Builds nodes from the parser's events. yaml-cpp's own nodes would merge duplicate keys, resolve
// aliases and lose the difference between nothing and null.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const LineIndex& lines, YamlDocuments count) : lines_(lines), count_(count) {}

  std::vector<YamlNode> TakeDocuments() && { return std::move(documents_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (count_ == YamlDocuments::kOne && !documents_.empty()) {
      throw YAML::ParserException(mark, "expected one document, but another begins here");
    }
    documents_.emplace_back();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark&, YAML::anchor_t) override {
    YamlNode node;
    if (!open_.empty()) {
      const YamlNode& parent = open_.back();
      const YamlNode& near = HasLonelyKey(parent) ? parent.keys.back() : parent;
      node.line = near.line;
      node.column = near.column;
    }
    Place(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw YAML::ParserException(mark, "aliases are not accepted; write the value out");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    YamlNode node = Make(YamlNode::Kind::kScalar, mark, tag);
    node.style = tag == "!" ? YamlNode::Style::kQuoted : YamlNode::Style::kPlain;
    node.text = value;
    Place(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    Open(YamlNode::Kind::kSequence, mark, tag);
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    Open(YamlNode::Kind::kMapping, mark, tag);
  }
  void OnMapEnd() override { Close(); }

 private:
  static bool HasLonelyKey(const YamlNode& node) { return node.keys.size() > node.values.size(); }

  YamlNode Make(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag) const {
    // "?" is a plain node, "!" a quoted one; what else stands here was written by hand.
    if (!tag.empty() && tag != "?" && tag != "!") {
      throw YAML::ParserException(mark, "tags are not accepted; write the value without " + tag);
    }
    YamlNode node;
    node.kind = kind;
    auto place = lines_.At("", mark.line, mark.column);
    node.line = place.line;
    node.column = place.column;
    return node;
  }

  void Open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag) {
    if (open_.size() >= static_cast<size_t>(kYamlDepthMax)) {
      throw YAML::ParserException(
          mark, "nested deeper than " + std::to_string(kYamlDepthMax) + " levels");
    }
    open_.push_back(Make(kind, mark, tag));
  }

  void Close() {
    YamlNode done = std::move(open_.back());
    open_.pop_back();
    Place(std::move(done));
  }

  void Place(YamlNode node) {
    if (open_.empty()) {
      documents_.back() = std::move(node);
    } else if (open_.back().kind == YamlNode::Kind::kMapping && !HasLonelyKey(open_.back())) {
      open_.back().keys.push_back(std::move(node));
    } else {
      open_.back().values.push_back(std::move(node));
    }
  }

  const LineIndex& lines_;
  YamlDocuments count_;
  std::vector<YamlNode> documents_;
  std::vector<YamlNode> open_;  // From the root inwards.
};

// yaml-cpp would take byte 4 for the end of the text and replace what is not UTF-8.
std::optional<Problem> FindUnreadable(const YamlText& source, std::string_view text,
                                      const LineIndex& lines) {
  if (text.size() > kYamlBytesMax) {
    return Problem{source.file, 1, 1,
                   "expected at most " + std::to_string(kYamlBytesMax) + " bytes, but found " +
                       std::to_string(text.size())};
  }
  if (auto bad = FindInvalidUtf8(text)) {
    return ProblemAt(lines.AtByte(source.file, *bad), "expected UTF-8, but found other bytes");
  }
  for (size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f) {
      return ProblemAt(lines.AtByte(source.file, i),
                       "expected text, but found control character " + std::to_string(byte));
    }
  }
  return std::nullopt;
}

}  // namespace

ParsedYaml ParseYaml(const YamlText& source, YamlDocuments count) {
  std::string_view text = source.text;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  LineIndex lines(text);
  ParsedYaml parsed;
  if (auto problem = FindUnreadable(source, text, lines)) {
    parsed.problems.push_back(*problem);
    return parsed;
  }
  TreeBuilder builder(lines, count);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& malformed) {
    auto place = lines.At(source.file, malformed.mark.line, malformed.mark.column);
    parsed.problems.push_back(ProblemAt(place, "malformed YAML: " + malformed.msg));
    return parsed;
  }
  parsed.documents = std::move(builder).TakeDocuments();
  if (parsed.documents.empty()) parsed.documents.emplace_back();
  return parsed;
}

std::string Describe(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNothing:
      return "nothing";
    case YamlNode::Kind::kSequence:
      return "a list";
    case YamlNode::Kind::kMapping:
      return "a mapping";
    case YamlNode::Kind::kScalar:
      break;
  }
  auto mark = node.style == YamlNode::Style::kQuoted ? "\"" : "";
  return "`" + (mark + Shortened(node.text)) + mark + "`";
}

}  // namespace onewindow
