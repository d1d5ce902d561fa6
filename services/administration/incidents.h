#pragma once

#include "engine/runtime/engine.h"
#include "onewindow/v1/administration.pb.h"
#include "services/rpc/gate.h"
#include "services/rpc/refusal.h"

namespace onewindow {

// Reads a stretch of the log for each piece, so that one question never reads all of it.
// Of the cases that the caller may see.
Reply<ListIncidentsResponse> ListIncidents(const ListIncidentsRequest& request,
                                           const Identity& caller, const Engine& engine);

}  // namespace onewindow
