#pragma once

namespace onewindow {

class CommandTree;

// replay: a log of real cases through the engine, into a new data directory.
void AddReplayCommand(CommandTree& tree);

}  // namespace onewindow
