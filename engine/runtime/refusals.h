#pragma once

#include <string>
#include <utility>

#include "engine/casework/decision.h"

namespace onewindow {

// What the runtime itself refuses, before or instead of a decision.
inline Rejection RuntimeRejection(Reason reason, std::string text, std::string field = {}) {
  Rejection rejection;
  rejection.reason = reason;
  rejection.text = std::move(text);
  rejection.field = std::move(field);
  return rejection;
}

}  // namespace onewindow
