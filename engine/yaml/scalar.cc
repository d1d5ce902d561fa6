#include "engine/yaml/scalar.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/base/instant.h"
#include "engine/yaml/nearest.h"

namespace onewindow {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

Fault Expected(const std::string& what, const YamlNode& node) {
  return {FaultKind::kInvalid, "expected " + what + ", but found " + Describe(node)};
}

std::string LowerCase(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool IsPlain(const YamlNode& node) { return node.style == YamlNode::Style::kPlain; }

bool IsDecimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The decimal spelling of what other YAML readers would take for a number: "010", "0x1F", "1_000",
// "+5". Nothing if the text is no whole number in any spelling.
std::optional<std::string> DecimalOf(std::string text) {
  std::erase(text, '_');
  if (text.starts_with('+')) text.erase(0, 1);
  std::string sign = text.starts_with('-') ? "-" : "";
  text.erase(0, sign.size());
  int base = text.starts_with("0x") || text.starts_with("0X") ? 16
             : text.starts_with("0o")                         ? 8
                                                              : 10;
  size_t skipped = base == 10 ? 0 : 2;
  uint64_t number = 0;
  const char* end = text.data() + text.size();
  if (text.size() <= skipped) return std::nullopt;
  auto [stop, error] = std::from_chars(text.data() + skipped, end, number, base);
  if (stop != end || error != std::errc()) return std::nullopt;
  return sign + std::to_string(number);
}

template <typename Number>
Result<Number> ReadWhole(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kScalar) return Expected("a whole number", node);
  if (!IsPlain(node)) return Expected("a whole number without quotes", node);
  if (!IsDecimal(node.text)) {
    auto decimal = DecimalOf(node.text);
    if (!decimal) return Expected("a whole number", node);
    return Expected("a whole number in decimal, such as `" + *decimal + "`", node);
  }
  Number number{};
  const char* end = node.text.data() + node.text.size();
  auto [stop, error] = std::from_chars(node.text.data(), end, number);
  if (stop == end && error == std::errc()) return number;
  return Expected("a whole number from " + std::to_string(std::numeric_limits<Number>::min()) +
                      " to " + std::to_string(std::numeric_limits<Number>::max()),
                  node);
}

template <typename Number>
Result<Number> ReadReal(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kScalar) return Expected("a number", node);
  if (!IsPlain(node)) return Expected("a number without quotes", node);
  Number number{};
  const char* end = node.text.data() + node.text.size();
  auto [stop, error] = std::from_chars(node.text.data(), end, number);
  if (stop == end && error == std::errc() && std::isfinite(number)) return number;
  return Expected("a number", node);
}

Result<bool> ReadBool(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::kScalar && IsPlain(node)) {
    if (node.text == "true") return true;
    if (node.text == "false") return false;
  }
  return Expected("`true` or `false`", node);
}

Result<std::string> ReadText(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::kScalar) return node.text;
  return Expected("text", node);
}

bool IsUnspecified(const EnumValueDescriptor& value) {
  return value.number() == 0 && value.name().ends_with("UNSPECIFIED");
}

Result<const EnumValueDescriptor*> ReadEnum(const YamlNode& node, const EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    if (IsUnspecified(value)) continue;
    words.push_back(EnumWord(value));
    bool named = node.text == words.back() || node.text == LowerCase(value.name());
    if (node.kind == YamlNode::Kind::kScalar && named) return &value;
  }
  return Expected(OneOf(NearestFirst(node.text, words)), node);
}

template <typename Value, typename Set>
Status Store(Result<Value> read, Set set) {
  if (!read.ok()) return read.fault();
  set(read.value());
  return {};
}

}  // namespace

std::string EnumWord(const EnumValueDescriptor& value) {
  const std::string& first = value.type()->value(0)->name();
  constexpr std::string_view kUnspecified = "UNSPECIFIED";
  if (first.ends_with(kUnspecified)) {
    std::string prefix = first.substr(0, first.size() - kUnspecified.size());
    if (value.name().starts_with(prefix)) return LowerCase(value.name().substr(prefix.size()));
  }
  return LowerCase(value.name());
}

Status ReadScalarField(const YamlNode& node, const FieldDescriptor& field, Message& message) {
  auto* reflection = message.GetReflection();
  // Set for a singular field, Add for a repeated one.
#define STORE(Type, Read)                                                 \
  return Store(Read, [&](const auto& value) {                             \
    field.is_repeated() ? reflection->Add##Type(&message, &field, value)  \
                        : reflection->Set##Type(&message, &field, value); \
  })
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      STORE(Int32, ReadWhole<int32_t>(node));
    case FieldDescriptor::CPPTYPE_INT64:
      STORE(Int64, ReadWhole<int64_t>(node));
    case FieldDescriptor::CPPTYPE_UINT32:
      STORE(UInt32, ReadWhole<uint32_t>(node));
    case FieldDescriptor::CPPTYPE_UINT64:
      STORE(UInt64, ReadWhole<uint64_t>(node));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      STORE(Double, ReadReal<double>(node));
    case FieldDescriptor::CPPTYPE_FLOAT:
      STORE(Float, ReadReal<float>(node));
    case FieldDescriptor::CPPTYPE_BOOL:
      STORE(Bool, ReadBool(node));
    case FieldDescriptor::CPPTYPE_ENUM:
      STORE(Enum, ReadEnum(node, *field.enum_type()));
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        return Fault{FaultKind::kInvalid, "`" + field.name() + "` holds bytes and is not written"};
      }
      STORE(String, ReadText(node));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
#undef STORE
  CHECK(false) << field.full_name() << " is no scalar field";
  return {};
}

bool IsScalarMessage(const Descriptor& type) {
  return type.full_name() == google::protobuf::Timestamp::descriptor()->full_name();
}

std::string ScalarMessageForm(const Descriptor& type) {
  CHECK(IsScalarMessage(type));
  return "a time with an offset such as `2025-10-10T09:30:00+08:00`";
}

Status ReadScalar(const YamlNode& node, Message& message) {
  auto instant = ParseInstant(node.text);
  if (!instant) return Expected(ScalarMessageForm(*message.GetDescriptor()), node);
  auto seconds = std::chrono::floor<std::chrono::seconds>(*instant);
  auto nanos = std::chrono::nanoseconds(*instant - seconds).count();
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(seconds.time_since_epoch().count());
  stamp.set_nanos(static_cast<int32_t>(nanos));
  message.CopyFrom(stamp);
  return {};
}

}  // namespace onewindow
