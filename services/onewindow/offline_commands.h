#pragma once

namespace onewindow {

class CommandTree;

// The commands that need no server.

// calendar due, show, check, import.
void AddCalendarCommands(CommandTree& tree);
// item check, organisation check.
void AddDocumentCommands(CommandTree& tree);
// credentials hash, make.
void AddCredentialCommands(CommandTree& tree);

}  // namespace onewindow
