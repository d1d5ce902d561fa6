#pragma once

#include <memory>

#include "services/onewindow/calls.h"

namespace onewindow {

class CommandTree;

// attach, attachment get: the calls that carry files, which are more than a request and an answer.
void AddAttachmentCommands(CommandTree& tree, const std::shared_ptr<const Calls>& calls);

}  // namespace onewindow
