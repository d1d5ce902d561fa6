#include "engine/yaml/write.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/instant.h"
#include "engine/yaml/scalar.h"
#include "engine/yaml/utf8.h"

namespace onewindow {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;

constexpr int kLineCharactersMax = 100;
constexpr std::array<std::string_view, 7> kWordsOfOtherTypes = {"null", "true", "false", "yes",
                                                                "no",   "on",   "off"};

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
// Part of a character past ASCII.
bool IsWide(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool IsWordOfOtherType(std::string_view text) {
  return std::any_of(kWordsOfOtherTypes.begin(), kWordsOfOtherTypes.end(), [&](auto word) {
    return word.size() == text.size() && std::equal(word.begin(), word.end(), text.begin(),
                                                    [](char a, char b) { return a == (b | 0x20); });
  });
}

// True for text that every YAML reader takes as this very text without quotes. Narrower than YAML's
// own rule.
bool IsSafePlain(std::string_view text) {
  if (ParseDate(text)) return true;
  if (text.empty() || IsWordOfOtherType(text)) return false;
  if (!IsLetter(text.front()) && !IsWide(text.front())) return false;
  // U+0085, U+00A0, U+2028 and U+FEFF are line ends or blanks to some readers.
  for (std::string_view odd :
       {"\xC2\x85", "\xC2\xA0", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"}) {
    if (text.find(odd) != std::string_view::npos) return false;
  }
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (IsLetter(c) || IsDigit(c) || IsWide(c) || c == '_' || c == '-' || c == '.' || c == '/') {
      continue;
    }
    bool inside = i + 1 < text.size() && text[i + 1] != ' ';
    if (!inside || (c != ' ' && c != ':')) return false;
  }
  return true;
}

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned>(c));
      quoted += escaped;
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

template <typename Number>
std::string Real(Number number) {
  CHECK(std::isfinite(number)) << "documents hold finite numbers only";
  char text[64];
  auto [end, error] = std::to_chars(text, text + sizeof text, number);
  CHECK(error == std::errc());
  return std::string(text, end);
}

std::string TimestampText(const Message& message) {
  Timestamp stamp;
  stamp.CopyFrom(message);
  auto instant = Instant(std::chrono::seconds(stamp.seconds())) + Duration(stamp.nanos() / 1000);
  return FormatInstant(instant, UtcOffset{std::chrono::minutes(0)});
}

// One value of a field: the singular one, or the element `index` of a repeated one.
struct Value {
  const Message& owner;
  const FieldDescriptor& field;
  int index = 0;
};

const Message& MessageOf(const Value& value) {
  const Reflection* reflection = value.owner.GetReflection();
  return value.field.is_repeated()
             ? reflection->GetRepeatedMessage(value.owner, &value.field, value.index)
             : reflection->GetMessage(value.owner, &value.field);
}

bool IsScalar(const FieldDescriptor& field) {
  return field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE ||
         IsScalarMessage(*field.message_type());
}

// Requires: IsScalar(value.field).
std::string ScalarText(const Value& value) {
  const Reflection* reflection = value.owner.GetReflection();
#define GET(Type)                                                              \
  (value.field.is_repeated()                                                   \
       ? reflection->GetRepeated##Type(value.owner, &value.field, value.index) \
       : reflection->Get##Type(value.owner, &value.field))
  switch (value.field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(GET(Int32));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(GET(Int64));
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(GET(UInt32));
    case FieldDescriptor::CPPTYPE_UINT64:
      return std::to_string(GET(UInt64));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Real(GET(Double));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Real(GET(Float));
    case FieldDescriptor::CPPTYPE_BOOL:
      return GET(Bool) ? "true" : "false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumWord(*GET(Enum));
    case FieldDescriptor::CPPTYPE_STRING: {
      CHECK(value.field.type() != FieldDescriptor::TYPE_BYTES) << value.field.full_name();
      std::string text = GET(String);
      return IsSafePlain(text) ? text : Quoted(text);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return TimestampText(MessageOf(value));
  }
#undef GET
  CHECK(false) << value.field.full_name();
  return "";
}

std::vector<const FieldDescriptor*> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) CHECK(!field->is_map()) << field->full_name();
  return fields;
}

// "{date: 2025-01-01, kind: holiday}", or nothing if the message has inner structure.
std::string FlowText(const Message& message) {
  std::string text;
  for (const FieldDescriptor* field : SetFields(message)) {
    if (field->is_repeated() || !IsScalar(*field)) return "";
    text += (text.empty() ? "" : ", ") + field->name() + ": " + ScalarText({message, *field});
  }
  return "{" + text + "}";
}

class Writer {
 public:
  std::string TakeText() && { return std::move(text_); }

  void WriteFields(const Message& message, size_t indent) {
    for (const FieldDescriptor* field : SetFields(message)) {
      text_.append(indent, ' ').append(field->name()).append(":");
      if (field->is_repeated()) {
        WriteList(message, *field, indent + 2);
      } else {
        WriteValue({message, *field}, indent + 2);
      }
    }
  }

 private:
  void WriteList(const Message& message, const FieldDescriptor& field, size_t indent) {
    text_ += '\n';
    for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
      Value value{message, field, i};
      text_.append(indent, ' ').append("-");
      if (IsScalar(field)) {
        text_.append(" ").append(ScalarText(value)).append("\n");
        continue;
      }
      std::string flow = FlowText(MessageOf(value));
      if (!flow.empty() &&
          CountCharacters(flow) + static_cast<int>(indent) + 2 <= kLineCharactersMax) {
        text_.append(" ").append(flow).append("\n");
      } else {
        WriteElement(MessageOf(value), indent + 2);
      }
    }
  }

  // The first field stands behind the dash, the others below it.
  void WriteElement(const Message& message, size_t indent) {
    size_t begin = text_.size();
    WriteFields(message, indent);
    text_.replace(begin, indent, " ");
  }

  void WriteValue(const Value& value, size_t indent) {
    if (IsScalar(value.field)) {
      text_.append(" ").append(ScalarText(value)).append("\n");
    } else if (SetFields(MessageOf(value)).empty()) {
      text_ += " {}\n";
    } else {
      text_ += '\n';
      WriteFields(MessageOf(value), indent);
    }
  }

  std::string text_;
};

}  // namespace

std::string WriteYaml(const Message& message) {
  if (SetFields(message).empty()) return "{}\n";
  Writer writer;
  writer.WriteFields(message, 0);
  return std::move(writer).TakeText();
}

}  // namespace onewindow
