#pragma once

#include <memory>

#include "services/onewindow/calls.h"

namespace onewindow {

class CommandTree;

// reassign-all: gives everything that a position holds to another, task by task. Run again it goes
// on where it ended: what was given away is no longer on the list.
void AddReassignAllCommand(CommandTree& tree, const std::shared_ptr<Calls>& calls);

}  // namespace onewindow
