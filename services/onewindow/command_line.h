#pragma once

#include <string>
#include <vector>

#include "services/onewindow/exit_code.h"
#include "services/onewindow/terminal.h"

namespace onewindow {

class CommandTree;

// Every command there is.
void AddAllCommands(CommandTree& tree);

// What the program does, for arguments without its name.
ExitCode RunCommandLine(const std::vector<std::string>& arguments, Terminal& terminal);

}  // namespace onewindow
