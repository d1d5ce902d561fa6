#pragma once

#include "services/onewindow/calls.h"

namespace onewindow {

class CommandTree;

// Adds a command for every row of VerbGroups, those made of many calls, `call`, and the options
// that say which server to call and as whom: gives these for other commands, filled in when the
// command line has been read.
std::shared_ptr<const Calls> AddCallCommands(CommandTree& tree, const OpenWire& open_wire);

}  // namespace onewindow
