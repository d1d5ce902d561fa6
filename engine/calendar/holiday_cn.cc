#include <algorithm>

#include "engine/calendar/calendar_document.h"
#include "engine/calendar/check_calendar.h"
#include "engine/yaml/nearest.h"
#include "engine/yaml/scalar.h"

namespace onewindow {
namespace {

using google::protobuf::Message;

const std::vector<std::string> kFileKeys = {"$schema", "$id", "year", "papers", "days"};
const std::vector<std::string> kDayKeys = {"name", "date", "isOffDay"};

// Its keys ("$id", "isOffDay") cannot be names of proto fields, so the tree is walked by hand.
class HolidayCnReader {
 public:
  explicit HolidayCnReader(std::string file) {
    loaded_.places = Places(file);
    file_ = std::move(file);
  }

  Loaded<CalendarYear> Read(const YamlNode& root) && {
    loaded_.places.Set("", root.line, root.column);
    CheckKeys(root, kFileKeys);
    if (auto* year = Required(root, "year")) SetField(*year, "year", "year", loaded_.message);
    if (auto* papers = RequiredList(root, "papers")) {
      for (const YamlNode& paper : papers->values) {
        SetField(paper, "sources", "sources", loaded_.message);
      }
    }
    if (auto* days = RequiredList(root, "days")) {
      for (size_t i = 0; i < days->values.size(); ++i) ReadDay(days->values[i], i);
    }
    return std::move(loaded_);
  }

 private:
  void ReadDay(const YamlNode& node, size_t index) {
    std::string path = "days[" + std::to_string(index) + "]";
    loaded_.places.Set(path, node.line, node.column);
    CalendarDay& day = *loaded_.message.add_days();
    CheckKeys(node, kDayKeys);
    if (auto* date = Required(node, "date")) SetField(*date, "date", path + ".date", day);
    if (auto* name = Required(node, "name")) SetField(*name, "name", path + ".name", day);
    auto* off = Required(node, "isOffDay");
    if (off == nullptr) return;
    loaded_.places.Set(path + ".kind", off->line, off->column);
    bool is_word = off->kind == YamlNode::Kind::kScalar && off->style == YamlNode::Style::kPlain;
    if (is_word && off->text == "true") {
      day.set_kind(CalendarDay::HOLIDAY);
    } else if (is_word && off->text == "false") {
      day.set_kind(CalendarDay::WORKDAY);
    } else {
      Report(*off, "expected `true` or `false`, but found " + Describe(*off));
    }
  }

  void CheckKeys(const YamlNode& node, const std::vector<std::string>& allowed) {
    if (node.kind != YamlNode::Kind::kMapping) {
      return Report(node,
                    "expected a mapping with " + OneOf(allowed) + ", but found " + Describe(node));
    }
    std::vector<std::string> seen;
    for (const YamlNode& key : node.keys) {
      if (std::find(allowed.begin(), allowed.end(), key.text) == allowed.end()) {
        Report(key, "unknown key " + Describe(key) + "; " + Suggest(key.text, allowed));
      } else if (std::find(seen.begin(), seen.end(), key.text) != seen.end()) {
        Report(key, "duplicate key " + Describe(key));
      }
      seen.push_back(key.text);
    }
  }

  const YamlNode* Required(const YamlNode& node, const std::string& key) {
    if (node.kind != YamlNode::Kind::kMapping) return nullptr;  // Reported by CheckKeys.
    for (size_t i = 0; i < node.keys.size(); ++i) {
      if (node.keys[i].text == key) return &node.values[i];
    }
    Report(node, "expected the key `" + key + "`");
    return nullptr;
  }

  const YamlNode* RequiredList(const YamlNode& node, const std::string& key) {
    auto* list = Required(node, key);
    if (list == nullptr || list->kind == YamlNode::Kind::kSequence) return list;
    Report(*list, "expected a list for `" + key + "`, but found " + Describe(*list));
    return nullptr;
  }

  void SetField(const YamlNode& node, const std::string& field, const std::string& path,
                Message& message) {
    loaded_.places.Set(path, node.line, node.column);
    auto read = ReadScalarField(node, *message.GetDescriptor()->FindFieldByName(field), message);
    if (!read.ok()) Report(node, read.fault().message);
  }

  void Report(const YamlNode& node, std::string message) {
    if (loaded_.problems.size() >= kProblemsMax) return;
    loaded_.problems.push_back({file_, node.line, node.column, std::move(message)});
  }

  std::string file_;
  Loaded<CalendarYear> loaded_;
};

}  // namespace

Loaded<CalendarYear> ImportHolidayCn(const YamlText& source) {
  ParsedYaml parsed = ParseYaml(source);
  if (!parsed.problems.empty()) {
    return {.message = {}, .places = Places(source.file), .problems = parsed.problems};
  }
  auto loaded = HolidayCnReader(source.file).Read(parsed.documents.front());
  if (loaded.ok()) loaded.problems = loaded.places.Locate(CheckCalendarYear(loaded.message));
  return loaded;
}

}  // namespace onewindow
