#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/calendar/working_calendar.h"
#include "engine/casework/decision.h"
#include "engine/catalog/catalogue.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// The documents of a county as the engine decides on them.
struct DeskCounty {
  Catalogue catalogue;
  OrganisationIndex organisation;
  std::map<std::string, WorkingCalendar> calendars;
};
// kInvalid with what is wrong in the documents.
Result<DeskCounty> ReadDeskCounty(const std::string& directory);

// Somebody who holds the position on that day; empty where nobody does.
std::string HolderOf(const std::string& position, const OrganisationIndex& organisation, Date day);

// An applicant's identity number looks like a slip: the server will take it in with a warning.
bool HasDoubtfulNumber(const SubmitCase& submission, Instant now);

// What is wrong with a submission, as far as that can be known without the server. With the
// county's documents the engine decides as the server would, on an empty log; how late is too late,
// and whether there is such an enquiry, is for the server to say. Null: without documents; then
// only the applicant is looked at. Requires: the submission has its position and occurred_at.
std::optional<Rejection> CheckOffline(const SubmitCase& submission, const DeskCounty* county,
                                      Instant now);

}  // namespace onewindow
