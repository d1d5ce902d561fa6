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
// verify, recover.
void AddRecoveryCommands(CommandTree& tree);
// backup list, verify, restore, purge, and --data for backup create. Requires: AddCallCommands was
// called.
void AddBackupCommands(CommandTree& tree);
// doctor.
void AddDoctorCommand(CommandTree& tree);

}  // namespace onewindow
