#pragma once

#include <string_view>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {

// Files of one case.
inline constexpr int kAttachmentsMax = 200;

// The file of the case with that id; null where there is none.
const Attachment* FindAttachment(const CaseRecord& record, std::string_view id);

}  // namespace onewindow
