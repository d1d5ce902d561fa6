#pragma once

#include "engine/catalog/catalogue.h"
#include "engine/organisation/organisation_index.h"
#include "engine/tables/case_head.h"

namespace onewindow {

// The head of a case as it is written now: places and item by the numbers they have in what is in
// force. A place that is not there any more has the number 0.
CaseHead HeadOf(const CaseRecord& record, const OrganisationIndex& organisation,
                const Catalogue& catalogue);

// What CaseHead.applicant holds for an applicant and item; 0 where the applicant has no pseudonym.
uint64_t ApplicantHash(const Applicant& applicant, ItemNumber item);

}  // namespace onewindow
