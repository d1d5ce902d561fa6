#include "engine/yaml/load.h"

#include <google/protobuf/descriptor.h>

#include "engine/yaml/nearest.h"
#include "engine/yaml/scalar.h"
#include "engine/yaml/utf8.h"

namespace onewindow {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;

std::vector<std::string> FieldNames(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
  return names;
}

std::string ListPath(const std::string& path, size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

std::string FieldPath(const std::string& path, const std::string& field) {
  return path.empty() ? field : path + "." + field;
}

class Filler {
 public:
  Filler(const std::string& file, const Shorthands& shorthands, Places& places)
      : file_(file), shorthands_(shorthands), places_(places) {}

  Problems TakeProblems() && { return std::move(problems_); }

  void FillOne(const YamlNode& node, const std::string& path, Message& message) {
    places_.Set(path, node.line, node.column);
    const Descriptor& type = *message.GetDescriptor();
    const Shorthands::Read* shorthand = shorthands_.Find(type);
    if (node.kind == YamlNode::Kind::kScalar && (shorthand || IsScalarMessage(type))) {
      Status read = shorthand ? (*shorthand)(node.text, message) : ReadScalar(node, message);
      if (!read.ok()) Report(node, read.fault().message);
      return;
    }
    if (node.kind != YamlNode::Kind::kMapping || IsScalarMessage(type)) {
      Report(node,
             "expected " + Expected(type, shorthand != nullptr) + ", but found " + Describe(node));
      return;
    }
    for (size_t i = 0; i < node.keys.size() && !IsFull(); ++i) FillEntry(node, i, path, message);
  }

 private:
  static std::string Expected(const Descriptor& type, bool has_shorthand) {
    if (IsScalarMessage(type)) return ScalarMessageForm(type);
    return "a mapping with " + OneOf(FieldNames(type)) +
           (has_shorthand ? ", or its short form" : "");
  }

  void FillEntry(const YamlNode& mapping, size_t index, const std::string& path, Message& message) {
    const YamlNode& key = mapping.keys[index];
    const YamlNode& value = mapping.values[index];
    if (key.kind != YamlNode::Kind::kScalar) {
      return Report(key, "expected a key, but found " + Describe(key));
    }
    const Descriptor& type = *message.GetDescriptor();
    const FieldDescriptor* field = type.FindFieldByName(key.text);
    if (field == nullptr) {
      return Report(
          key, "unknown key `" + Shortened(key.text) + "`; " + Suggest(key.text, FieldNames(type)));
    }
    for (size_t i = 0; i < index; ++i) {
      if (mapping.keys[i].text != key.text) continue;
      return Report(key, "duplicate key `" + key.text + "`; it stands already in line " +
                             std::to_string(mapping.keys[i].line));
    }
    if (const FieldDescriptor* rival = OtherArm(message, *field)) {
      return Report(key, "`" + key.text + "` cannot stand beside `" + rival->name() + "`");
    }
    FillField(value, *field, FieldPath(path, field->name()), message);
  }

  static const FieldDescriptor* OtherArm(const Message& message, const FieldDescriptor& field) {
    const OneofDescriptor* oneof = field.real_containing_oneof();
    if (oneof == nullptr) return nullptr;
    return message.GetReflection()->GetOneofFieldDescriptor(message, oneof);
  }

  void FillField(const YamlNode& node, const FieldDescriptor& field, const std::string& path,
                 Message& message) {
    places_.Set(path, node.line, node.column);
    if (!field.is_repeated()) return FillValue(node, field, path, message);
    if (node.kind != YamlNode::Kind::kSequence) {
      return Report(node,
                    "expected a list for `" + field.name() + "`, but found " + Describe(node));
    }
    for (size_t i = 0; i < node.values.size(); ++i) {
      FillValue(node.values[i], field, ListPath(path, i), message);
    }
  }

  // Sets a singular field, or appends to a repeated one.
  void FillValue(const YamlNode& node, const FieldDescriptor& field, const std::string& path,
                 Message& message) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      auto* reflection = message.GetReflection();
      return FillOne(node, path,
                     field.is_repeated() ? *reflection->AddMessage(&message, &field)
                                         : *reflection->MutableMessage(&message, &field));
    }
    places_.Set(path, node.line, node.column);
    Status read = ReadScalarField(node, field, message);
    if (!read.ok()) Report(node, read.fault().message);
  }

  bool IsFull() const { return problems_.size() >= kProblemsMax; }

  void Report(const YamlNode& node, std::string message) {
    if (IsFull()) return;
    problems_.push_back({file_, node.line, node.column, std::move(message)});
  }

  const std::string& file_;
  const Shorthands& shorthands_;
  Places& places_;
  Problems problems_;
};

}  // namespace

const Shorthands::Read* Shorthands::Find(const Descriptor& message) const {
  auto found = reads_.find(message.full_name());
  return found == reads_.end() ? nullptr : &found->second;
}

Problems FillMessage(const std::string& file, const YamlNode& node, const Shorthands& shorthands,
                     Message& message, Places& places) {
  Filler filler(file, shorthands, places);
  filler.FillOne(node, "", message);
  return std::move(filler).TakeProblems();
}

}  // namespace onewindow
