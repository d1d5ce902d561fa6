#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/casework/plan.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// The form of an item that declares fields, and what the item's conditions come to on it.

// The fields that the form has once the command is done, for Context::form: none where the command
// leaves the form as it is, or the item declares no fields.
std::vector<FormField> FormAfter(const CaseRecord& current, const Command& command,
                                 const ServiceItem* item);
// What they say, where all texts are in the clear.
FormTexts FormTextsAfter(const CaseRecord& current, const Command& command,
                         const ServiceItem* item);

using FormFields = google::protobuf::RepeatedPtrField<FormField>;

// Every field is declared, stands once, and has a value of its type or none.
std::optional<Rejection> CheckForm(const FormFields& form, const Context& context);

// Reads every condition of the item on the form as it now is.
// Requires: CheckForm found nothing, and the context's form is that of the plan's record.
void DecideConditions(Plan& plan);

// What the conditions wait for is filled in.
std::optional<Rejection> CheckFormDecides(const CaseRecord& current, std::string_view wish,
                                          const Context& context);

// For each verdict of the record why it is so and what follows, for people:
// "面积 = 120 > 100 平方米：环节「现场核查」适用". Requires: the form's texts are in the clear, and the
// item is that of the record.
std::vector<std::string> ExplainVerdicts(const CaseRecord& record, const ServiceItem& item);

}  // namespace onewindow
