#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "services/onewindow/verbs.h"

namespace onewindow {

// What stood on the command line, by field path.
using GivenFields = std::map<std::string, std::vector<std::string>>;

// The field that names the position acted or asked from; empty where the request has none.
std::string CallerPositionPath(const google::protobuf::Descriptor& request);

// The request that the JSON and then the fields make, with the verb's defaults. The fault names the
// flag. Requires: FieldsOf of the verb's request names every path.
Result<std::unique_ptr<google::protobuf::Message>> MakeRequest(const Verb& verb,
                                                               const GivenFields& given,
                                                               const std::string& json);

// Fills in who acts, and a request id for a command that has none, where they are not set.
void CompleteRequest(google::protobuf::Message& request, const std::string& position);

// The request id of a command; empty for a question.
std::string RequestIdOf(const google::protobuf::Message& request);

// Receipt numbers have 20 digits; ids of cases fewer.
enum class CaseNameKind { kCaseId, kReceiptNumber, kNeither };
CaseNameKind KindOfCaseName(std::string_view name);

}  // namespace onewindow
