#pragma once

#include <memory>

#include "services/onewindow/call_run.h"
#include "services/onewindow/verbs.h"

namespace CLI {
class App;
}

namespace onewindow {

// Adds the options of a verb to its command: what its row says, then a flag for every other field
// of the request. Parsing fills `wish`.
void AddVerbOptions(CLI::App& app, const Verb& verb, const std::shared_ptr<Wish>& wish);

}  // namespace onewindow
