#include "services/onewindow/value_text.h"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <vector>

#include "engine/base/ids.h"
#include "engine/clock/timestamp.h"
#include "engine/yaml/scalar.h"
#include "onewindow/v1/clock.pb.h"
#include "onewindow/v1/sealed.pb.h"
#include "services/onewindow/display_width.h"

namespace onewindow {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string HexOf(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::string NumberText(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", number);
  return text;
}

// Empty for a unit that this program does not know.
std::string LimitText(const Limit& limit) {
  if (limit.has_until()) return "until " + TimeText(ToInstant(limit.until()));
  const auto* unit = LimitUnit_descriptor()->FindValueByNumber(limit.unit());
  if (unit == nullptr || unit->number() == 0) return "";
  std::string text = std::to_string(limit.amount()) + " " + EnumWord(*unit);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

// Messages that people read as one value; nothing for others.
std::optional<std::string> ValueMessageText(const Message& message) {
  const auto* type = message.GetDescriptor();
  if (type == google::protobuf::Timestamp::descriptor()) {
    return TimeText(ToInstant(static_cast<const google::protobuf::Timestamp&>(message)));
  }
  if (type == google::protobuf::Duration::descriptor()) {
    return SecondsText(
        static_cast<double>(static_cast<const google::protobuf::Duration&>(message).seconds()));
  }
  if (type == Sealed::descriptor()) return static_cast<const Sealed&>(message).text();
  if (type == Limit::descriptor()) return LimitText(static_cast<const Limit&>(message));
  return std::nullopt;
}

std::string EnumText(const google::protobuf::EnumValueDescriptor& value) {
  return value.number() == 0 ? "" : EnumWord(value);
}

// One value; `index` is -1 for a singular field.
std::string ScalarText(const Message& message, const FieldDescriptor& field, int index) {
  const auto* reflection = message.GetReflection();
#define VALUE(Type)                                   \
  (index < 0 ? reflection->Get##Type(message, &field) \
             : reflection->GetRepeated##Type(message, &field, index))
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(VALUE(Int32));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(VALUE(Int64));
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(VALUE(UInt32));
    case FieldDescriptor::CPPTYPE_UINT64:
      return std::to_string(VALUE(UInt64));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return NumberText(VALUE(Double));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return NumberText(static_cast<double>(VALUE(Float)));
    case FieldDescriptor::CPPTYPE_BOOL:
      return VALUE(Bool) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumText(*VALUE(Enum));
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? HexOf(VALUE(String)) : VALUE(String);
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const Message& inner = VALUE(Message);
      return ValueMessageText(inner).value_or(FieldsText(inner));
    }
  }
#undef VALUE
  CHECK(false) << field.full_name();
  return "";
}

std::string FieldText(const Message& message, const FieldDescriptor& field) {
  if (!field.is_repeated()) return ScalarText(message, field, -1);
  std::string text;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    text += (i == 0 ? "" : ", ") + ScalarText(message, field, i);
  }
  return text;
}

}  // namespace

std::string TimeText(Instant instant) {
  Date day = DateOf(instant, kBeijing);
  if (instant == EndOf(day, kBeijing)) return FormatDate(day) + " 24:00";
  return FormatMinute(instant, kBeijing);
}

std::string SecondsText(double seconds) {
  auto whole = static_cast<int64_t>(std::llround(seconds));
  char text[64];
  if (whole < 60) {
    std::snprintf(text, sizeof text, "%" PRId64 " s", whole);
  } else if (whole < 3600) {
    std::snprintf(text, sizeof text, "%" PRId64 " min", whole / 60);
  } else if (whole < 86400) {
    std::snprintf(text, sizeof text, "%" PRId64 " h %" PRId64 " min", whole / 3600,
                  whole % 3600 / 60);
  } else {
    std::snprintf(text, sizeof text, "%" PRId64 " d %" PRId64 " h", whole / 86400,
                  whole % 86400 / 3600);
  }
  return text;
}

std::string TextAt(const Message& message, std::string_view path) {
  const Message* inner = &message;
  while (true) {
    size_t dot = path.find('.');
    const auto* field = inner->GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
    CHECK(field != nullptr) << inner->GetDescriptor()->full_name() << " has no " << path;
    bool message_field = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (message_field && !field->is_repeated() &&
        !inner->GetReflection()->HasField(*inner, field)) {
      return "";
    }
    if (dot == path.npos) return FieldText(*inner, *field);
    CHECK(message_field && !field->is_repeated()) << path;
    inner = &inner->GetReflection()->GetMessage(*inner, field);
    path.remove_prefix(dot + 1);
  }
}

std::string FieldsText(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::string text;
  for (const FieldDescriptor* field : fields) {
    std::string value = FieldText(message, *field);
    if (value.empty()) continue;
    bool inner =
        field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && value.find('=') != value.npos;
    text += (text.empty() ? "" : " ") + field->name() + "=" +
            (inner ? "{" + value + "}" : OneLine(value));
  }
  return text;
}

}  // namespace onewindow
