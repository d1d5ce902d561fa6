#include "services/onewindow/command_line.h"

#include "services/onewindow/call_commands.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/desk_commands.h"
#include "services/onewindow/grpc_wire.h"
#include "services/onewindow/item_commands.h"
#include "services/onewindow/offline_commands.h"
#include "services/onewindow/replay_command.h"

namespace onewindow {

void AddAllCommands(CommandTree& tree) {
  auto calls = AddCallCommands(tree, OpenGrpcWire);
  AddDeskCommands(tree, calls);
  AddCalendarCommands(tree);
  AddDocumentCommands(tree);
  AddItemCommands(tree, calls);
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
