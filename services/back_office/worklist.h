#pragma once

#include "engine/runtime/engine.h"
#include "onewindow/v1/back_office.pb.h"
#include "services/rpc/stream.h"

namespace onewindow {

Reply<ListWorklistResponse> ListWorklist(const ListWorklistRequest& request, const Engine& engine);

// The stream of a worklist's changes.
Stream<WorklistChange>* WatchWorklist(const Door& door,
                                      const StreamCall<WatchWorklistRequest>& watched);

}  // namespace onewindow
