#pragma once

#include "onewindow/v1/administration.pb.h"
#include "services/rpc/gate.h"
#include "services/rpc/premises.h"
#include "services/rpc/refusal.h"

namespace onewindow {

Reply<ServerStatus> GetStatus(const Premises& premises);
// Notes in the server's log who confirmed.
Reply<ConfirmClockResponse> ConfirmClock(const Identity& caller, Engine& engine);

}  // namespace onewindow
