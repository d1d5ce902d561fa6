#include "services/onewindow/api.h"

#include <algorithm>
#include <cctype>

#include "engine/base/ids.h"
#include "onewindow/v1/administration.pb.h"
#include "onewindow/v1/back_office.pb.h"
#include "onewindow/v1/front_desk.pb.h"
#include "onewindow/v1/supervision.pb.h"
#include "onewindow/v1/unified_window.pb.h"

namespace onewindow {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

namespace {

// The file of each service, by a message that it declares; naming it links it in.
std::vector<const ServiceDescriptor*> FindServices() {
  std::vector<const ServiceDescriptor*> services;
  for (const Descriptor* message :
       {FindCasesRequest::descriptor(), ListWorklistRequest::descriptor(),
        ListReadyRequest::descriptor(), GetTimelineRequest::descriptor(),
        GetStatusRequest::descriptor()}) {
    services.push_back(message->file()->service(0));
  }
  return services;
}

bool CarriesFile(const MethodDescriptor& method) {
  return method.input_type() == AttachFileRequest::descriptor() ||
         method.output_type() == AttachmentPiece::descriptor();
}

// Letters and digits in lower case, so that all spellings of a name are one.
std::string Plain(std::string_view name) {
  std::string plain;
  for (char c : name) {
    if (c != '-' && c != '_')
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return plain;
}

}  // namespace

const std::vector<const ServiceDescriptor*>& Services() {
  static const std::vector<const ServiceDescriptor*> services = FindServices();
  return services;
}

const MethodDescriptor* FindMethod(std::string_view name) {
  for (const ServiceDescriptor* service : Services()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      if (CarriesFile(method)) continue;
      if (Plain(name) == Plain(MethodName(method)) || Plain(name) == Plain(method.full_name())) {
        return &method;
      }
    }
  }
  return nullptr;
}

std::string MethodName(const MethodDescriptor& method) {
  return method.service()->name() + "." + method.name();
}

std::vector<std::string> MethodNames() {
  std::vector<std::string> names;
  for (const ServiceDescriptor* service : Services()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      if (!CarriesFile(method)) names.push_back(MethodName(method));
    }
  }
  return names;
}

std::unique_ptr<Message> NewMessage(const Descriptor& type) {
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

}  // namespace onewindow
