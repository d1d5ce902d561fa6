#include "engine/kv/rocks_fault.h"

namespace onewindow {
namespace {

FaultKind KindOf(const rocksdb::Status& status) {
  if (status.IsNoSpace()) return FaultKind::kNoSpace;
  if (status.IsCorruption()) return FaultKind::kCorrupt;
  if (status.IsNotFound()) return FaultKind::kNotFound;
  if (status.IsInvalidArgument()) return FaultKind::kInvalid;
  if (status.IsNotSupported()) return FaultKind::kUnsupported;
  if (status.IsBusy() || status.IsTimedOut() || status.IsShutdownInProgress()) {
    return FaultKind::kUnavailable;
  }
  return FaultKind::kIo;
}

}  // namespace

Fault FaultOf(const rocksdb::Status& status, std::string_view what) {
  return {.kind = KindOf(status), .message = std::string(what) + ": " + status.ToString()};
}

Status StatusOf(const rocksdb::Status& status, std::string_view what) {
  if (status.ok()) return {};
  return FaultOf(status, what);
}

Status FailStop::Check() const {
  const std::lock_guard lock(mutex_);
  if (!failure_) return {};
  return *failure_;
}

Status FailStop::Settle(const rocksdb::Status& status) {
  if (!status.ok()) Keep(status);
  return Check();
}

void FailStop::OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* error) {
  Keep(*error);
}

void FailStop::Keep(const rocksdb::Status& status) {
  const std::lock_guard lock(mutex_);
  if (failure_) return;
  failure_ = Fault{FaultKind::kIo,
                   "A write to the store failed, and it takes no more of them until "
                   "the process is restarted: " +
                       status.ToString()};
}

}  // namespace onewindow
