#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <string_view>
#include <vector>

namespace onewindow {

// The services that the client calls.
const std::vector<const google::protobuf::ServiceDescriptor*>& Services();

// "FrontDesk.Submit", "front-desk.submit" or with the package before it. Null: there is none.
const google::protobuf::MethodDescriptor* FindMethod(std::string_view name);
// The short name: "FrontDesk.Submit".
std::string MethodName(const google::protobuf::MethodDescriptor& method);
// Every one of them that a single request can make, by its short name. Those that carry files have
// commands of their own (attachment_commands.h).
std::vector<std::string> MethodNames();

std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor& type);

}  // namespace onewindow
