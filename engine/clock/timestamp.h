#pragma once

#include <google/protobuf/timestamp.pb.h>

#include "engine/base/instant.h"

namespace onewindow {

// Cuts nanoseconds off below the engine's resolution.
inline Instant ToInstant(const google::protobuf::Timestamp& timestamp) {
  return Instant(std::chrono::seconds(timestamp.seconds())) + Duration(timestamp.nanos() / 1000);
}

inline google::protobuf::Timestamp ToTimestamp(Instant instant) {
  auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds.time_since_epoch().count());
  timestamp.set_nanos(static_cast<int32_t>((instant - seconds).count() * 1000));
  return timestamp;
}

}  // namespace onewindow
