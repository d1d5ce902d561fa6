#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "engine/base/result.h"

namespace onewindow {

// Whether messages of the type are published as documents: items, calendars, organisation charts.
bool IsDocument(const google::protobuf::Descriptor& type);

// Reads and checks the document at the path, of a calendar a directory. The fault lists everything
// that is wrong, with its place. Requires: IsDocument.
Status ReadDocument(const std::string& path, google::protobuf::Message& message);

}  // namespace onewindow
