#pragma once

#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {

// The provisional number of a paper that a desk took in without its line is an external number of a
// system of its own: that of the desks of one position.
std::string DeskSystem(std::string_view position);
bool IsOfPaper(const ExternalNumber& number);

using ExternalNumbers = google::protobuf::RepeatedPtrField<ExternalNumber>;
// Null where the numbers are of no such paper.
const ExternalNumber* PaperNumberIn(const ExternalNumbers& numbers);

}  // namespace onewindow
