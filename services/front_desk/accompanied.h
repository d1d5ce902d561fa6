#pragma once

#include "engine/runtime/engine.h"
#include "onewindow/v1/front_desk.pb.h"
#include "services/rpc/refusal.h"

namespace onewindow {

Reply<ListAccompaniedResponse> ListAccompanied(const ListAccompaniedRequest& request,
                                               const Engine& engine);

}  // namespace onewindow
