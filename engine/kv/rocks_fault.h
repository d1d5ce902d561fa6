#pragma once

#include <rocksdb/listener.h>
#include <rocksdb/status.h>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace onewindow {

// Requires: !status.ok(). The message is "<what>: <RocksDB's words>".
Fault FaultOf(const rocksdb::Status& status, std::string_view what);
Status StatusOf(const rocksdb::Status& status, std::string_view what);

// Remembers the first failed write, in the foreground or behind it. After one, RocksDB's memory may
// disagree with its files, and only opening anew brings them together: nothing is written any more.
class FailStop final : public rocksdb::EventListener {
 public:
  // The Fault of every write after the first failure.
  Status Check() const;
  // Passes success on; keeps a failure, and answers with it.
  Status Settle(const rocksdb::Status& status);

  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override;

 private:
  void Keep(const rocksdb::Status& status);

  mutable std::mutex mutex_;
  std::optional<Fault> failure_;  // Guarded by mutex_.
};

}  // namespace onewindow
