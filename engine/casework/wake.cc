#include "engine/casework/wake.h"

#include <algorithm>

#include "engine/base/ids.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {

std::optional<Instant> NextWake(const CaseRecord& record) {
  std::optional<Instant> earliest;
  auto consider = [&](const google::protobuf::Timestamp& at) {
    Instant instant = ToInstant(at);
    if (!earliest || instant < *earliest) earliest = instant;
  };
  for (const Task& task : record.tasks()) {
    if (task.has_lease_until()) consider(task.lease_until());
  }
  // Alarms are in ascending order.
  for (const Clock& clock : record.clocks()) {
    if (clock.alarms_size() > 0) consider(clock.alarms(0).at());
  }
  return earliest;
}

}  // namespace onewindow
