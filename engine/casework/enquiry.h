#pragma once

#include <string_view>

#include "engine/base/ids.h"
#include "engine/casework/context.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// 咨询: a question before there is a case. It has a record, a task and a clock as a case has, but
// no item of its own: it pins no version, and its reply is limited by the county's policy.

// Whether the record is an enquiry, open or answered.
bool IsEnquiry(const CaseRecord& record);

// The id of the calendar by which a command's limits are counted: the item's, for an enquiry the
// county's; empty where nothing is counted. `item` is null where the command is about none.
std::string_view CalendarIdFor(const Command& command, const CaseRecord& current,
                               const ServiceItem* item);

// When the light of a reply shows near, and its cards: as a step's by the defaults of items.
const Thresholds& ReplyThresholds();

// 首问责任: the caller, as the one who was asked first.
FirstContact CallerAsFirstContact(const Context& context);

}  // namespace onewindow
