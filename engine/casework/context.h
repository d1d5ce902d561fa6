#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "engine/base/instant.h"

namespace onewindow {

namespace v1 {
class Caller;
class CaseRecord;
class ServiceItem;
}  // namespace v1
class Catalogue;
class Counters;
class OrganisationIndex;
class WorkingCalendar;

// Timers and imports act as this person; no token can.
inline constexpr std::string_view kSystemPerson = "system";

// Bounds that a county sets; the same for all items.
struct Policy {
  // How long ago a late entry may have happened.
  std::chrono::days late_entry_max{30};
  // By when an enquiry is to be answered.
  uint32_t reply_working_days = 5;
  // How long after closing the personal data of a case is kept. Default: ten years, the shorter
  // of the two fixed terms of official files. Source: 国家档案局令第8号 (2006); the county may set
  // another.
  std::chrono::days retention{3653};
  // Of one file, in the clear.
  uint64_t attachment_bytes_max = 100 << 20;
};

// What the fields of a form say in the clear, by name.
using FormTexts = std::map<std::string, std::string, std::less<>>;

// All that a decision may depend on besides the case and the command.
struct Context {
  // When the command is recorded; never goes back.
  Instant now;
  // When what it tells happened: `now`, or earlier for a late entry.
  Instant at;
  // The log sequence that the command takes if it makes events.
  uint64_t sequence = 0;
  const v1::Caller& caller;
  // The version the case pins, or the current one for a submission; null where there is none.
  const v1::ServiceItem* item = nullptr;
  // The item's calendar, for enquiries the county's; null where there is none.
  const WorkingCalendar* calendar = nullptr;
  const Catalogue& catalogue;
  const OrganisationIndex& organisation;
  const Counters& counters;
  // For a submission: an open case of the same applicant and item; 0: none.
  uint64_t open_case_of_applicant = 0;
  // For a submission: the record that it names as its enquiry; null where there is none.
  const v1::CaseRecord* enquiry = nullptr;
  // For a submission: the case that has its paper's number, as it was submitted; null: none has it.
  const v1::CaseRecord* paper = nullptr;
  Policy policy{};
  // What FormAfter names, opened for this decision alone.
  FormTexts form{};
};

}  // namespace onewindow
