#include "tests/golden/filled_message.h"

#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "engine/base/check.h"

namespace onewindow {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kListed = 2;

bool IsChosenArm(const FieldDescriptor& field) {
  const auto* oneof = field.real_containing_oneof();
  return oneof == nullptr || oneof->field(oneof->field_count() - 1) == &field;
}

void FillTimestamp(Message& message, int number) {
  auto& timestamp = dynamic_cast<google::protobuf::Timestamp&>(message);
  timestamp.set_seconds(1'758'848'400 + number);
  timestamp.set_nanos(123'456'000);
}

void FillNested(Message& message, int number) {
  if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
    return FillTimestamp(message, number);
  }
  FillMessage(message);
}

int LastEnumValue(const FieldDescriptor& field) {
  const EnumDescriptor& values = *field.enum_type();
  return values.value(values.value_count() - 1)->number();
}

void FillSingle(Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  const int number = field.number();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.SetString(&message, &field, field.name());
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, &field, true);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.SetEnumValue(&message, &field, LastEnumValue(field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.SetUInt32(&message, &field, 1000u + static_cast<uint32_t>(number));
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(&message, &field, -number);
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.SetUInt64(&message, &field, (1ull << 40) + static_cast<uint64_t>(number));
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&message, &field, -number);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FillNested(*reflection.MutableMessage(&message, &field), number);
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      break;
  }
  CHECK(false) << field.full_name() << ": events hold no fractions";
}

void AddElement(Message& message, const FieldDescriptor& field, int index) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.AddString(&message, &field, field.name() + "-" + std::to_string(index));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.AddEnumValue(&message, &field, LastEnumValue(field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.AddUInt32(&message, &field, 1000u + static_cast<uint32_t>(index));
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.AddUInt64(&message, &field, (1ull << 40) + static_cast<uint64_t>(index));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FillNested(*reflection.AddMessage(&message, &field), field.number() + index);
    case FieldDescriptor::CPPTYPE_BOOL:
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      break;
  }
  CHECK(false) << field.full_name() << ": no list of these is known";
}

}  // namespace

void FillMessage(Message& message) {
  const auto& descriptor = *message.GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    if (!IsChosenArm(field)) continue;
    if (!field.is_repeated()) {
      FillSingle(message, field);
      continue;
    }
    for (int index = 0; index < kListed; ++index) AddElement(message, field, index);
  }
}

}  // namespace onewindow
