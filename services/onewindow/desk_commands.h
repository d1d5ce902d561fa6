#pragma once

#include <memory>

namespace onewindow {

struct Calls;
class CommandTree;

// desk init, submit, cancel, list, send, purge: a front desk that lost its line.
// Requires: AddCallCommands was called, and gave `server`.
void AddDeskCommands(CommandTree& tree, std::shared_ptr<const Calls> server);

}  // namespace onewindow
