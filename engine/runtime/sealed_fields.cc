#include "engine/runtime/sealed_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <set>
#include <unordered_map>
#include <vector>

#include "engine/base/limits.h"
#include "engine/yaml/utf8.h"

namespace onewindow {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

using Fields = std::vector<const FieldDescriptor*>;

bool Reaches(const Descriptor* type, std::set<const Descriptor*>& seen) {
  if (type == Sealed::descriptor()) return true;
  if (!seen.insert(type).second) return false;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (Reaches(field->message_type(), seen)) return true;
  }
  return false;
}

Fields FindLeadingFields(const Descriptor* type) {
  Fields leading;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    std::set<const Descriptor*> seen;
    if (Reaches(field->message_type(), seen)) leading.push_back(field);
  }
  return leading;
}

// The fields of the type that are Sealed or lead to one. Each thread finds out for itself, since
// every command asks many times.
const Fields& LeadingFields(const Descriptor* type) {
  thread_local std::unordered_map<const Descriptor*, Fields> known;
  const auto found = known.find(type);
  if (found != known.end()) return found->second;
  return known.emplace(type, FindLeadingFields(type)).first->second;
}

std::string ElementName(const FieldDescriptor* field, int index) {
  return field->name() + "[" + std::to_string(index) + "]";
}

std::optional<std::string> WhatIsWrong(const Sealed& sealed) {
  if (sealed.has_box()) return "Expected a text, but it is a sealed box";
  if (sealed.text().size() > kFreeTextBytesMax) {
    return "Expected at most " + std::to_string(kFreeTextBytesMax) + " bytes, but there are " +
           std::to_string(sealed.text().size());
  }
  if (FindInvalidUtf8(sealed.text())) return "Expected UTF-8, but the bytes are none";
  return std::nullopt;
}

std::optional<TextViolation> CheckMember(const Message& member, const std::string& name) {
  if (member.GetDescriptor() == Sealed::descriptor()) {
    const auto wrong = WhatIsWrong(static_cast<const Sealed&>(member));
    if (!wrong) return std::nullopt;
    return TextViolation{.field = name, .text = *wrong};
  }
  std::optional<TextViolation> violation = CheckTexts(member);
  if (violation) violation->field = name + "." + violation->field;
  return violation;
}

}  // namespace

bool MayHoldSealed(const Message& message) {
  return !LeadingFields(message.GetDescriptor()).empty();
}

void ForEachSealed(Message& message, const std::function<void(Sealed&)>& visit) {
  const Reflection* reflection = message.GetReflection();
  const auto enter = [&visit](Message& member) {
    if (member.GetDescriptor() == Sealed::descriptor()) {
      visit(static_cast<Sealed&>(member));
    } else {
      ForEachSealed(member, visit);
    }
  };
  for (const FieldDescriptor* field : LeadingFields(message.GetDescriptor())) {
    if (field->is_repeated()) {
      const int size = reflection->FieldSize(message, field);
      for (int i = 0; i < size; ++i) enter(*reflection->MutableRepeatedMessage(&message, field, i));
    } else if (reflection->HasField(message, field)) {
      enter(*reflection->MutableMessage(&message, field));
    }
  }
}

bool HoldsPlainText(const Message& message) {
  const Reflection* reflection = message.GetReflection();
  const auto holds = [](const Message& member) {
    if (member.GetDescriptor() == Sealed::descriptor()) {
      return static_cast<const Sealed&>(member).has_text();
    }
    return HoldsPlainText(member);
  };
  for (const FieldDescriptor* field : LeadingFields(message.GetDescriptor())) {
    if (field->is_repeated()) {
      const int size = reflection->FieldSize(message, field);
      for (int i = 0; i < size; ++i) {
        if (holds(reflection->GetRepeatedMessage(message, field, i))) return true;
      }
    } else if (reflection->HasField(message, field)) {
      if (holds(reflection->GetMessage(message, field))) return true;
    }
  }
  return false;
}

std::optional<TextViolation> CheckTexts(const Message& message) {
  const Reflection* reflection = message.GetReflection();
  for (const FieldDescriptor* field : LeadingFields(message.GetDescriptor())) {
    if (field->is_repeated()) {
      const int size = reflection->FieldSize(message, field);
      for (int i = 0; i < size; ++i) {
        const Message& member = reflection->GetRepeatedMessage(message, field, i);
        if (auto violation = CheckMember(member, ElementName(field, i))) return violation;
      }
    } else if (reflection->HasField(message, field)) {
      const Message& member = reflection->GetMessage(message, field);
      if (auto violation = CheckMember(member, field->name())) return violation;
    }
  }
  return std::nullopt;
}

}  // namespace onewindow
