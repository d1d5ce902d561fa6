#pragma once

#include "onewindow/v1/front_desk.pb.h"
#include "services/rpc/gate.h"
#include "services/rpc/premises.h"
#include "services/rpc/refusal.h"

namespace onewindow {

Reply<FindCasesResponse> FindCases(const FindCasesRequest& request, const Identity& caller,
                                   const Engine& engine);

}  // namespace onewindow
