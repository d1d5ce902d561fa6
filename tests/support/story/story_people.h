#pragma once

#include <string_view>

#include "engine/base/ids.h"
#include "onewindow/v1/commands.pb.h"
#include "onewindow/v1/events.pb.h"
#include "tests/support/story/story_answer.h"
#include "tests/support/story/story_line.h"

namespace onewindow {

// A verb of stories that is a command about people and no case: "record-absence".
struct PeopleVerb {
  std::string_view word;
  std::string_view done;
  void (*fill)(Command& command, StoryLine& line);
};

// Null where the word is no such command.
const PeopleVerb* FindPeopleVerb(std::string_view word);

// What it led to: the keys "number" and "uncovered", the positions with "," between them or "none";
// of a substitution that was ended "last-day".
StoryAnswer AnswerOfPeople(const PeopleVerb& verb, const Event& event);

}  // namespace onewindow
