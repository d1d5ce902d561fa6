#pragma once

#include "engine/runtime/engine.h"
#include "onewindow/v1/supervision.pb.h"
#include "services/rpc/gate.h"
#include "services/rpc/refusal.h"

namespace onewindow {

Reply<GetHoldersResponse> GetHolders(const GetHoldersRequest& request, const Identity& caller,
                                     const Engine& engine);

}  // namespace onewindow
