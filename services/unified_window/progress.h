#pragma once

#include "engine/runtime/engine.h"
#include "onewindow/v1/unified_window.pb.h"
#include "services/rpc/refusal.h"

namespace onewindow {

// What an applicant may know who shows his receipt number and query code. QUERY_CODE_WRONG where
// they do not belong together, whatever the reason.
Reply<Progress> GetProgress(const GetProgressRequest& request, const Engine& engine);

}  // namespace onewindow
