#pragma once

#include "engine/kv/head_file.h"
#include "engine/runtime/engine.h"

namespace onewindow {

// The last command in the log and the chain's hash after it.
Result<Head> HeadOf(const Engine& engine);

}  // namespace onewindow
