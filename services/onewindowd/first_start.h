#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/runtime/engine.h"

namespace onewindow {

// Publishes a county's documents by ordinary commands of the system, as far as they are not there
// yet; so it may be asked for at every start, and what is published already stays. `directory` is
// one that ReadCounty takes. All documents are read and checked before anything is published.
// kInvalid with what is wrong.
Status PublishCounty(const std::string& directory, Engine& engine);

}  // namespace onewindow
