#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/casework/context.h"
#include "engine/casework/decision.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {

// Files of one case.
inline constexpr int kAttachmentsMax = 200;

// The file of the case with that id; null where there is none.
const Attachment* FindAttachment(const CaseRecord& record, std::string_view id);

// Why no file of so many bytes is taken; nothing where it may be.
std::optional<Rejection> CheckAttachmentSize(uint64_t bytes, const Policy& policy);

}  // namespace onewindow
