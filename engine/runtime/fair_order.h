#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/runtime/case_folds.h"

namespace onewindow {

// The fair order of a worklist: more urgent classes first; within a class every township in turn,
// in the order of their numbers, each with its own tasks by what is due first. So among the first n
// tasks of a class each township that still has some has given n / townships of them, rounded down.

// The lists of each township. A list belongs to one of them.
using ListsByTownship = std::map<OrganisationNumber, std::vector<const Worklist*>>;

struct FairPiece {
  std::vector<WorkKey> keys;
  // Where the next piece begins; absent at the end.
  std::optional<std::string> next;
};

// The next `count` tasks behind `place`, which is what the piece before gave. What each township
// gave last is in the place, so that tasks which come or go in between move no others.
FairPiece TakeInTurn(const ListsByTownship& lists, const std::optional<std::string>& place,
                     size_t count);

}  // namespace onewindow
