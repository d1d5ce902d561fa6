#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/base/ids.h"
#include "onewindow/v1/sealed.pb.h"

namespace google::protobuf {
class Message;
}

namespace onewindow {

// Whether a message of this type can hold a Sealed field at any depth.
bool MayHoldSealed(const google::protobuf::Message& message);

// Visits every Sealed field that is set, at any depth, in the order of fields. Subtrees that cannot
// hold one are not entered; which these are is found out once for each type.
void ForEachSealed(google::protobuf::Message& message, const std::function<void(Sealed&)>& visit);

// Whether a plain text is left in a Sealed field of the message.
bool HoldsPlainText(const google::protobuf::Message& message);

// What is wrong with a text that somebody sent.
struct TextViolation {
  std::string field;  // Proto path, e.g. "applicant.name" or "form[2].value".
  std::string text;
};

// The first Sealed field of a request that may not be taken: a text longer than kFreeTextBytesMax,
// one that is not UTF-8, or a box, which only we make.
std::optional<TextViolation> CheckTexts(const google::protobuf::Message& message);

}  // namespace onewindow
