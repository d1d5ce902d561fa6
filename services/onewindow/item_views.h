#pragma once

#include <ostream>

#include "engine/base/ids.h"
#include "onewindow/v1/item_reports.pb.h"

namespace onewindow {

void PrintDifference(const ItemDifference& difference, std::ostream& out);
// What is done when and by whom, then the clocks.
void PrintSimulation(const ItemSimulation& simulation, std::ostream& out);

}  // namespace onewindow
