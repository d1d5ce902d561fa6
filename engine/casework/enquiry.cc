#include "engine/casework/enquiry.h"

#include <string>

#include "engine/casework/rights.h"
#include "engine/catalog/defaults.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

// What an item counts by that names no other.
constexpr std::string_view kCountyCalendar = "china";

Thresholds MakeReplyThresholds() {
  const ServiceItem defaults = WithDefaults(ServiceItem());
  Thresholds thresholds = defaults.thresholds();
  thresholds.clear_cards();
  for (CardRule rule : defaults.thresholds().cards()) {
    if (rule.clock() != STEP) continue;
    rule.set_clock(REPLY);
    *thresholds.add_cards() = rule;
  }
  return thresholds;
}

}  // namespace

bool IsEnquiry(const CaseRecord& record) {
  return record.stage() == STAGE_ENQUIRY || record.result() == ANSWERED;
}

std::string_view CalendarIdFor(const Command& command, const CaseRecord& current,
                               const ServiceItem* item) {
  if (command.has_publish_calendar()) return command.publish_calendar().calendar().id();
  if (item != nullptr) return item->calendar();
  if (command.has_record_enquiry() || IsEnquiry(current)) return kCountyCalendar;
  return {};
}

const Thresholds& ReplyThresholds() {
  static const Thresholds thresholds = MakeReplyThresholds();
  return thresholds;
}

FirstContact CallerAsFirstContact(const Context& context) {
  FirstContact first;
  first.set_person(std::string(ActingPerson(context)));
  first.set_position(context.caller.position());
  first.set_organisation(std::string(ActingOrganisation(context)));
  return first;
}

}  // namespace onewindow
