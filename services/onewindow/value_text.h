#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "engine/base/instant.h"

namespace onewindow {

// Beijing time to the minute. The end of a day is written "2025-10-10 24:00".
std::string TimeText(Instant instant);

// "45 s", "12 min", "3 h 20 min", "5 d 4 h". Requires: not negative.
std::string SecondsText(double seconds);

// The field at the path as one cell of a table: "clock.remaining". Empty where it, or a message on
// the way, is absent; enums are lower-case words, lists are separated by commas.
std::string TextAt(const google::protobuf::Message& message, std::string_view path);

// Every field that is set, as "name=value name=value", those of inner messages too; on one line.
std::string FieldsText(const google::protobuf::Message& message);

}  // namespace onewindow
