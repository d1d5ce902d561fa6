#pragma once

#include <google/protobuf/message.h>

namespace onewindow {

// Sets every field that the message has, the last arm of every oneof, and two elements of every
// list, to values that follow from the fields' names and numbers.
void FillMessage(google::protobuf::Message& message);

}  // namespace onewindow
