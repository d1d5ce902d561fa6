#pragma once

#include <google/protobuf/message.h>

#include <string>

namespace onewindow {

// The message as a document that LoadYaml reads back equal: fields in the order of their numbers,
// unset ones left out, list elements without inner structure on one line each where they fit. The
// same message gives the same bytes. Requires: no map or bytes fields set, strings are UTF-8.
std::string WriteYaml(const google::protobuf::Message& message);

}  // namespace onewindow
