#include "services/onewindow/request_fields.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <functional>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/clock/timestamp.h"
#include "engine/yaml/scalar.h"
#include "engine/yaml/utf8.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/sealed.pb.h"
#include "services/onewindow/documents.h"
#include "services/onewindow/field_notes.h"

namespace onewindow {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Timestamp;

Fault Expected(const std::string& what, std::string_view text) {
  return {FaultKind::kInvalid, "expected " + what + ", but got `" + Shortened(text) + "`"};
}

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

bool IsText(const FieldDescriptor& field) {
  return field.type() == FieldDescriptor::TYPE_STRING ||
         (IsMessage(field) && field.message_type() == Sealed::descriptor());
}

bool IsTime(const FieldDescriptor& field) {
  return IsMessage(field) && field.message_type() == Timestamp::descriptor();
}

// A name with a text or sealed value: FormField, ExternalNumber.
bool IsPair(const Descriptor& type) {
  return type.field_count() == 2 && type.field(0)->type() == FieldDescriptor::TYPE_STRING &&
         IsText(*type.field(1));
}

std::string EnumWords(const FieldDescriptor& field) {
  std::string words;
  for (int i = 1; i < field.enum_type()->value_count(); ++i) {
    words += (words.empty() ? "" : "|") + EnumWord(*field.enum_type()->value(i));
  }
  return words;
}

std::string ValueOf(const FieldDescriptor& field) {
  if (IsTime(field)) return "\"YYYY-MM-DD HH:MM\"";
  if (IsText(field)) return "TEXT";
  if (IsMessage(field) && IsPair(*field.message_type())) return "NAME=VALUE";
  if (IsMessage(field)) return field.is_repeated() ? "FIELD=VALUE,..." : "FILE";
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) return EnumWords(field);
  return field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL ? "" : "N";
}

FieldForm FormOf(const FieldDescriptor& field) {
  if (field.is_repeated()) return IsMessage(field) ? FieldForm::kPairs : FieldForm::kList;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) return FieldForm::kSwitch;
  if (IsMessage(field) && IsDocument(*field.message_type())) return FieldForm::kDocument;
  return FieldForm::kOne;
}

// "task_id" gives "task-id".
std::string FlagOf(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

bool IsSingleValue(const FieldDescriptor& field) {
  return !field.is_repeated() && (!IsMessage(field) || IsText(field) || IsTime(field));
}

// Values beside each other, each under its own name: an applicant.
bool IsFlat(const Descriptor& type) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (!IsSingleValue(*type.field(i))) return false;
  }
  return true;
}

bool CanBeSet(const FieldDescriptor& field) {
  // The server gives an applicant his pseudonym, and says what it thinks of his number.
  if (field.type() == FieldDescriptor::TYPE_BYTES) return false;
  if (field.name() == "document_doubtful") return false;
  if (!field.is_repeated() || !IsMessage(field)) return true;
  return IsFlat(*field.message_type());
}

bool IsLeaf(const FieldDescriptor& field) {
  return !IsMessage(field) || field.is_repeated() || IsText(field) || IsTime(field) ||
         IsDocument(*field.message_type());
}

void AddFields(const Descriptor& type, const std::string& prefix,
               std::vector<RequestField>& fields) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    std::string path = prefix + field.name();
    if (!IsLeaf(field)) {
      AddFields(*field.message_type(), path + ".", fields);
      continue;
    }
    if (!CanBeSet(field)) continue;
    RequestField made{.path = path,
                      .flag = FlagOf(field.name()),
                      .form = FormOf(field),
                      .value = ValueOf(field),
                      .help = ""};
    for (const FieldNote& note : FieldNotes()) {
      if (note.path != path) continue;
      if (!note.flag.empty()) made.flag = note.flag;
      made.help = note.help;
    }
    fields.push_back(std::move(made));
  }
}

Status SetTime(std::string_view text, Message& message) {
  auto instant = ParseInstant(text, kBeijing);
  if (!instant) return Expected("a time such as `2025-10-10 09:30`", text);
  message.CopyFrom(ToTimestamp(*instant));
  return {};
}

Status SetScalar(const FieldDescriptor& field, std::string_view text, Message& message) {
  YamlNode node{
      .kind = YamlNode::Kind::kScalar, .text = std::string(text), .keys = {}, .values = {}};
  return ReadScalarField(node, field, message);
}

Status SetText(const FieldDescriptor& field, std::string_view text, Message& message) {
  if (!IsMessage(field)) return SetScalar(field, text, message);
  auto* reflection = message.GetReflection();
  Message& sealed = *reflection->MutableMessage(&message, &field);
  static_cast<Sealed&>(sealed).set_text(std::string(text));
  return {};
}

Status AddPair(const FieldDescriptor& field, std::string_view text, Message& message) {
  size_t equals = text.find('=');
  if (equals == text.npos || equals == 0) return Expected("NAME=VALUE", text);
  Message& pair = *message.GetReflection()->AddMessage(&message, &field);
  const Descriptor& type = *field.message_type();
  if (auto named = SetText(*type.field(0), text.substr(0, equals), pair); !named.ok()) return named;
  return SetText(*type.field(1), text.substr(equals + 1), pair);
}

Status SetLeaf(const FieldDescriptor& field, std::string_view text, Message& message);

// "name=李四,document_number=510121195001011234".
Status AddFlat(const FieldDescriptor& field, std::string_view text, Message& message) {
  Message& added = *message.GetReflection()->AddMessage(&message, &field);
  const Descriptor& type = *field.message_type();
  for (bool more = true; more;) {
    const size_t comma = std::min(text.find(','), text.size());
    const std::string_view part = text.substr(0, comma);
    const size_t equals = std::min(part.find('='), part.size());
    const FieldDescriptor* named = type.FindFieldByName(std::string(part.substr(0, equals)));
    if (equals == part.size() || named == nullptr || !CanBeSet(*named)) {
      return Expected("FIELD=VALUE,... of " + type.name(), text);
    }
    if (auto set = SetLeaf(*named, part.substr(equals + 1), added); !set.ok()) return set;
    more = comma < text.size();
    if (more) text.remove_prefix(comma + 1);
  }
  return {};
}

Status AddEach(const FieldDescriptor& field, std::string_view text, Message& message) {
  while (true) {
    size_t comma = std::min(text.find(','), text.size());
    if (comma == 0) return Expected("values separated by commas", text);
    auto added = SetScalar(field, text.substr(0, comma), message);
    if (!added.ok() || comma == text.size()) return added;
    text.remove_prefix(comma + 1);
  }
}

// The message that the path's field stands in; null where it is not there.
const Message* ParentOf(const Message& request, std::string_view path) {
  const Message* message = &request;
  for (size_t dot; (dot = path.find('.')) != path.npos; path.remove_prefix(dot + 1)) {
    auto* outer = message->GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
    CHECK(outer != nullptr) << path;
    if (!message->GetReflection()->HasField(*message, outer)) return nullptr;
    message = &message->GetReflection()->GetMessage(*message, outer);
  }
  return message;
}

Status SetLeaf(const FieldDescriptor& field, std::string_view text, Message& message) {
  if (FindInvalidUtf8(text)) return Fault{FaultKind::kInvalid, "expected UTF-8"};
  if (field.is_repeated()) {
    if (!IsMessage(field)) return AddEach(field, text, message);
    return IsPair(*field.message_type()) ? AddPair(field, text, message)
                                         : AddFlat(field, text, message);
  }
  auto* reflection = message.GetReflection();
  if (IsTime(field)) return SetTime(text, *reflection->MutableMessage(&message, &field));
  if (IsText(field)) return SetText(field, text, message);
  if (!IsMessage(field)) return SetScalar(field, text, message);
  return ReadDocument(std::string(text), *reflection->MutableMessage(&message, &field));
}

}  // namespace

std::vector<RequestField> FieldsOf(const Descriptor& request) {
  std::vector<RequestField> fields;
  AddFields(request, "", fields);
  return fields;
}

Status SetField(Message& request, std::string_view path, std::string_view text) {
  Message* message = &request;
  size_t dot;
  while ((dot = path.find('.')) != path.npos) {
    auto* outer = message->GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
    CHECK(outer != nullptr) << path;
    message = message->GetReflection()->MutableMessage(message, outer);
    path.remove_prefix(dot + 1);
  }
  auto* field = message->GetDescriptor()->FindFieldByName(std::string(path));
  CHECK(field != nullptr) << path;
  return SetLeaf(*field, text, *message);
}

bool HasParent(const Message& request, std::string_view path) {
  return ParentOf(request, path) != nullptr;
}

bool IsSet(const Message& request, std::string_view path) {
  const Message* parent = ParentOf(request, path);
  if (parent == nullptr) return false;
  const auto* field =
      parent->GetDescriptor()->FindFieldByName(std::string(path.substr(path.rfind('.') + 1)));
  CHECK(field != nullptr) << path;
  return parent->GetReflection()->HasField(*parent, field);
}

bool CarriesPersonalData(const Descriptor& request) {
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor& field = *request.field(i);
    if (field.enum_type() == Applicant::DocumentType_descriptor()) return true;
    if (!IsMessage(field) || IsTime(field) || IsDocument(*field.message_type())) continue;
    if (IsText(field) || CarriesPersonalData(*field.message_type())) return true;
  }
  return false;
}

}  // namespace onewindow
