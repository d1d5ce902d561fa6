#pragma once

#include <string>

#include "engine/casework/paper_number.h"
#include "engine/kv/batch.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

// Under which the case of a paper is found; empty where the numbers are of none.
std::string PaperKeyOf(const ExternalNumbers& numbers);

// The directory rows of a case or enquiry that has just come in.
void PutNewCaseRows(Batch& batch, const CaseRecord& record, ItemNumber item);

// The directory rows that a command changed by correcting or forgetting a case's applicants. The
// key of a case whose person is forgotten goes with them.
void PutPersonRows(Batch& batch, const LoggedCommand& logged, const CaseRecord& before,
                   const CaseRecord& after);

// Whether the command only read personal data: its case has no new version, and its record stays as
// it was written.
bool OnlyReads(const LoggedCommand& logged);

// The directory rows of the cards and supervision orders that a command issued, and of a reading of
// personal data.
void PutListRows(Batch& batch, const LoggedCommand& logged, const OrganisationIndex& organisation);

}  // namespace onewindow
