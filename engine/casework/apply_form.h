#pragma once

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {

// What is corrected takes the place of the field of that name; the rest stays.
void MergeForm(google::protobuf::RepeatedPtrField<FormField>& form,
               const google::protobuf::RepeatedPtrField<FormField>& corrected);

}  // namespace onewindow
