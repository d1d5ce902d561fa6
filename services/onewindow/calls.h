#pragma once

#include <functional>
#include <memory>

#include "engine/base/result.h"
#include "services/onewindow/call_options.h"
#include "services/onewindow/grpc_wire.h"

namespace onewindow {

using OpenWire = std::function<Result<std::unique_ptr<Wire>>(const Connection&)>;

// What the commands share that call the server.
struct Calls {
  CallOptions options;
  OpenWire open_wire;

  Result<std::unique_ptr<Wire>> Open() const;
};

}  // namespace onewindow
