#include "services/onewindow/request.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "engine/base/ids.h"
#include "onewindow/v1/commands.pb.h"
#include "services/onewindow/api.h"
#include "services/onewindow/request_fields.h"
#include "services/onewindow/token.h"

namespace onewindow {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kReceiptDigits = 20;

const FieldDescriptor* EnvelopeField(const Descriptor& request) {
  const FieldDescriptor* field = request.FindFieldByName("envelope");
  return field != nullptr && field->message_type() == Envelope::descriptor() ? field : nullptr;
}

std::string FlagOf(const std::vector<RequestField>& fields, const std::string& path) {
  for (const RequestField& field : fields) {
    if (field.path == path) return "--" + field.flag;
  }
  CHECK(false) << path;
  return "";
}

}  // namespace

std::string CallerPositionPath(const Descriptor& request) {
  if (EnvelopeField(request) != nullptr) return "envelope.position";
  return request.FindFieldByName("position") != nullptr ? "position" : "";
}

Result<std::unique_ptr<Message>> MakeRequest(const Verb& verb, const GivenFields& given,
                                             const std::string& json) {
  const Descriptor& type = *FindMethod(verb.method)->input_type();
  auto fields = FieldsOf(type);
  auto request = NewMessage(type);
  auto read = google::protobuf::util::JsonStringToMessage(json, request.get());
  if (!read.ok()) return Fault{FaultKind::kInvalid, "--from: " + std::string(read.message())};
  for (const auto& [path, texts] : given) {
    for (const std::string& text : texts) {
      auto set = SetField(*request, path, text);
      if (set.ok()) continue;
      return Fault{set.fault().kind, FlagOf(fields, path) + ": " + set.fault().message};
    }
  }
  for (const Default& preset : verb.defaults) {
    if (given.contains(preset.path) || IsSet(*request, preset.path)) continue;
    if (!HasParent(*request, preset.path)) continue;
    auto set = SetField(*request, preset.path, preset.word);
    CHECK(set.ok()) << set.fault().message;
  }
  return request;
}

void CompleteRequest(Message& request, const std::string& position) {
  const Descriptor& type = *request.GetDescriptor();
  if (const FieldDescriptor* field = EnvelopeField(type)) {
    auto& envelope =
        static_cast<Envelope&>(*request.GetReflection()->MutableMessage(&request, field));
    if (envelope.request_id().empty()) envelope.set_request_id(MakeToken());
    if (envelope.position().empty()) envelope.set_position(position);
    return;
  }
  const FieldDescriptor* field = type.FindFieldByName("position");
  if (field == nullptr || !request.GetReflection()->GetString(request, field).empty()) return;
  request.GetReflection()->SetString(&request, field, position);
}

std::string RequestIdOf(const Message& request) {
  const FieldDescriptor* field = EnvelopeField(*request.GetDescriptor());
  if (field == nullptr) return "";
  const Message& envelope = request.GetReflection()->GetMessage(request, field);
  return static_cast<const Envelope&>(envelope).request_id();
}

CaseNameKind KindOfCaseName(std::string_view name) {
  bool digits = !name.empty() &&
                std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || name.size() > kReceiptDigits) return CaseNameKind::kNeither;
  return name.size() == kReceiptDigits ? CaseNameKind::kReceiptNumber : CaseNameKind::kCaseId;
}

}  // namespace onewindow
