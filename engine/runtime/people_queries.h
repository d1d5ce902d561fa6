#pragma once

#include "engine/base/result.h"
#include "engine/runtime/queries.h"

namespace onewindow {

// See Engine::ListUncovered.
Result<Page<UncoveredRow>> ListUncovered(const OrganisationIndex& organisation,
                                         const UncoveredQuery& query, const PageRequest& page);

}  // namespace onewindow
