#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace onewindow {

// How a field of a request is written on the command line.
enum class FieldForm {
  kOne,       // One value.
  kList,      // Values separated by commas; may be given several times.
  kPairs,     // NAME=VALUE, or FIELD=VALUE,FIELD=VALUE,...; may be given several times.
  kSwitch,    // Given or not.
  kDocument,  // A file, or a calendar's directory.
};

// A field of a request that the command line can set.
struct RequestField {
  std::string path;  // In proto names: "applicant.document_number".
  std::string flag;  // Without the dashes: "id-number". No two fields of a request share one.
  FieldForm form = FieldForm::kOne;
  std::string value;  // What to write, for help: "N", "TEXT", "YYYY-MM-DD HH:MM", "web|mobile".
  std::string help;
};

// All fields of the request, those of inner messages too. Left out is what the server sets by
// itself.
std::vector<RequestField> FieldsOf(const google::protobuf::Descriptor& request);

// Sets the field, or adds to it where it is repeated. Enums are lower-case words, times are Beijing
// time unless they say otherwise, sealed texts are written plainly. The fault says what was
// expected. Requires: FieldsOf of the request names the path.
Status SetField(google::protobuf::Message& request, std::string_view path, std::string_view text);

// Whether the message that the path's field stands in is there: the request itself always.
bool HasParent(const google::protobuf::Message& request, std::string_view path);
// Whether the field itself is there, and not empty. Requires: it is no repeated one.
bool IsSet(const google::protobuf::Message& request, std::string_view path);

// Whether such a request may hold what is a person's: sealed texts, numbers of documents.
bool CarriesPersonalData(const google::protobuf::Descriptor& request);

}  // namespace onewindow
