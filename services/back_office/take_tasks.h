#pragma once

#include "onewindow/v1/back_office.pb.h"
#include "services/rpc/stream.h"

namespace onewindow {

// The stream by which a department's own system takes tasks.
Stream<TakenTask>* TakeTasks(const Door& door, const StreamCall<TakeTasksRequest>& taken);

}  // namespace onewindow
