#pragma once

#include "onewindow/v1/front_desk.pb.h"
#include "services/rpc/stream.h"

namespace onewindow {

// The stream of a case's changes.
Stream<CaseChange>* WatchCase(const Door& door, const StreamCall<WatchCaseRequest>& watched);

}  // namespace onewindow
