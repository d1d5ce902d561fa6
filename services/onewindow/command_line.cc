#include "services/onewindow/command_line.h"

#include "services/onewindow/call_commands.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/desk_commands.h"
#include "services/onewindow/grpc_wire.h"
#include "services/onewindow/offline_commands.h"
#include "services/onewindow/replay_command.h"

namespace onewindow {

void AddAllCommands(CommandTree& tree) {
  AddDeskCommands(tree, AddCallCommands(tree, OpenGrpcWire));
  AddCalendarCommands(tree);
  AddDocumentCommands(tree);
  AddCredentialCommands(tree);
  AddRecoveryCommands(tree);
  AddBackupCommands(tree);
  AddReplayCommand(tree);
  AddDoctorCommand(tree);
}

ExitCode RunCommandLine(const std::vector<std::string>& arguments, Terminal& terminal) {
  CommandTree tree;
  AddAllCommands(tree);
  return tree.Run(arguments, terminal);
}

}  // namespace onewindow
