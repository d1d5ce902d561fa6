#pragma once

#include "engine/runtime/engine.h"
#include "onewindow/v1/unified_window.pb.h"
#include "services/rpc/refusal.h"

namespace onewindow {

// Requires: the caller holds the position that the request names.
Reply<ListReadyResponse> ListReady(const ListReadyRequest& request, const Engine& engine);

}  // namespace onewindow
