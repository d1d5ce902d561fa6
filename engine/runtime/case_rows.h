#pragma once

#include "engine/kv/batch.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

// The directory rows of a case that was just submitted.
void PutNewCaseRows(Batch& batch, const CaseRecord& record, ItemNumber item);

// The directory rows of the cards that a command issued.
void PutCardRows(Batch& batch, const LoggedCommand& logged, const OrganisationIndex& organisation);

}  // namespace onewindow
