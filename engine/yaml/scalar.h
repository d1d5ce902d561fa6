#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "engine/base/result.h"
#include "engine/yaml/yaml_node.h"

namespace onewindow {

// Sets the field, or appends to it if it is repeated; the fault says what was expected.
// Requires: the field is no message.
Status ReadScalarField(const YamlNode& node, const google::protobuf::FieldDescriptor& field,
                       google::protobuf::Message& message);

// Messages that every document writes as one scalar: google.protobuf.Timestamp.
bool IsScalarMessage(const google::protobuf::Descriptor& type);
std::string ScalarMessageForm(const google::protobuf::Descriptor& type);
// Requires: IsScalarMessage of its type, and a scalar node.
Status ReadScalar(const YamlNode& node, google::protobuf::Message& message);

// How documents write an enum value: in lower case, without the prefix that the enum's unspecified
// value shows ("KIND_UNSPECIFIED" gives "KIND_").
std::string EnumWord(const google::protobuf::EnumValueDescriptor& value);

}  // namespace onewindow
