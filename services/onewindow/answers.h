#pragma once

#include <google/protobuf/message.h>

#include <ostream>
#include <string>

namespace onewindow {

// An answer for people: tables, Beijing time. Any message can be printed; those with a form of
// their own are listed in answers.cc.
void PrintAnswer(const google::protobuf::Message& answer, std::ostream& out);

// An answer for programs: JSON with proto field names, on several lines or on one.
enum class JsonLines { kMany, kOne };
std::string AnswerJson(const google::protobuf::Message& answer, JsonLines lines);

}  // namespace onewindow
