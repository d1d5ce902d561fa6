#pragma once

#include <functional>
#include <memory>

#include "engine/base/result.h"
#include "services/onewindow/grpc_wire.h"

namespace onewindow {

class CommandTree;

using OpenWire = std::function<Result<std::unique_ptr<Wire>>(const Connection&)>;

// Adds a command for every row of VerbGroups, `call`, and the options that say which server to call
// and as whom.
void AddCallCommands(CommandTree& tree, const OpenWire& open_wire);

}  // namespace onewindow
