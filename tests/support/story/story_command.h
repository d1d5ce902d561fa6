#pragma once

#include <span>
#include <string_view>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/commands.pb.h"
#include "tests/support/story/story_line.h"

namespace onewindow {

// A verb of stories that is a command: "accept" is AcceptCase and leads to "accepted".
struct StoryVerb {
  std::string_view word;
  std::string_view done;
  // Makes the command of the line's arguments. `record`: the case; a default one for a submission.
  void (*fill)(Command& command, StoryLine& line, const CaseRecord& record);
};

// Of those beside the window and its departments: who enquires, supervises, assists, or looks after
// personal data.
std::span<const StoryVerb> PartnerVerbs();

// Null where the word is no command.
const StoryVerb* FindStoryVerb(std::string_view word);

}  // namespace onewindow
