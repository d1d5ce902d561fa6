#pragma once

#include <memory>

namespace onewindow {

struct Calls;
class CommandTree;

// item import, diff, simulate: what is done with documents of items before they are published.
// Requires: AddCallCommands was called, and gave `calls`; only its options are used.
void AddItemCommands(CommandTree& tree, std::shared_ptr<const Calls> calls);

}  // namespace onewindow
