#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "engine/casework/attachments.h"
#include "engine/casework/deciders.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"
#include "engine/casework/task_rules.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

constexpr std::string_view kWish = "attach a file to";
constexpr size_t kSha256HexCharacters = 64;

// What scanners, cameras and offices make, and what no browser or viewer runs as a program. OFD is
// the national format of documents (GB/T 33190).
constexpr std::array<std::string_view, 13> kMediaTypes = {
    "application/msword",
    "application/ofd",
    "application/pdf",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "audio/mpeg",
    "image/bmp",
    "image/jpeg",
    "image/png",
    "image/tiff",
    "text/plain",
    "video/mp4",
};

// The file of a task that has arrived lies with whoever claimed it, and before that with the desk.
bool LiesWithCaller(const CaseRecord& current, const Task& task, const Context& context) {
  if (task.state() == Task::CLAIMED) return !CheckHolder(current, kWish, task, context);
  if (task.state() != Task::AWAITING_CLAIM) return false;
  return !CheckDesk(current, kWish, task.organisation(), {task.duty()}, context);
}

// Any front desk of the county takes papers in until the decision (全县域通办); from then on, as
// before it, whoever the case lies with.
std::optional<Rejection> CheckWorksOnIt(const CaseRecord& current, const Context& context) {
  if (IsSystem(context)) return std::nullopt;
  const bool lies_here =
      std::any_of(current.tasks().begin(), current.tasks().end(),
                  [&](const Task& task) { return LiesWithCaller(current, task, context); });
  if (lies_here) return std::nullopt;
  if (current.result() == RESULT_KIND_UNSPECIFIED) return CheckFrontDesk(current, kWish, context);
  return Refused(NOT_YOUR_DESK, current, kWish,
                 "it is decided, and none of its tasks lies with the position '" +
                     context.caller.position() + "'");
}

bool IsSha256Hex(std::string_view text) {
  return text.size() == kSha256HexCharacters && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::optional<Rejection> CheckMediaType(const Attachment& attachment) {
  const std::string& type = attachment.media_type();
  if (std::find(kMediaTypes.begin(), kMediaTypes.end(), type) != kMediaTypes.end()) {
    return std::nullopt;
  }
  Rejection rejection = RefusedField(FIELD_INVALID, "attachment.media_type",
                                     "'" + type + "' is none of the kinds of files that are kept");
  rejection.allowed.assign(kMediaTypes.begin(), kMediaTypes.end());
  return rejection;
}

std::optional<Rejection> CheckMaterial(const Attachment& attachment, const Context& context) {
  if (attachment.material().empty()) return std::nullopt;
  Rejection rejection =
      RefusedField(MATERIAL_NOT_LISTED, "attachment.material",
                   "'" + attachment.material() + "' is not on the list of " + context.item->id());
  for (const Material& listed : context.item->materials()) {
    if (listed.id() == attachment.material()) return std::nullopt;
    rejection.allowed.push_back(listed.id());
  }
  return rejection;
}

std::optional<Rejection> CheckAttachment(const Attachment& attachment, const Context& context) {
  if (!IsSha256Hex(attachment.id())) {
    return RefusedField(FIELD_INVALID, "attachment.id", "expected a SHA-256 in 64 digits");
  }
  if (IsBlank(attachment.name())) {
    return RefusedField(FIELD_MISSING, "attachment.name", "people tell files apart by their names");
  }
  if (auto refused = CheckMediaType(attachment)) return refused;
  if (auto refused = CheckMaterial(attachment, context)) return refused;
  return CheckAttachmentSize(attachment.bytes(), context.policy);
}

// Ids do not tell: the same content is sealed to other bytes each time.
std::optional<Rejection> CheckContentIsNew(const CaseRecord& current,
                                           const Attachment& attachment) {
  for (const Attachment& kept : current.attachments()) {
    if (kept.content_mac() != attachment.content_mac()) continue;
    return Refused(ATTACHMENT_TWICE, current, kWish,
                   "its file " + kept.id() + " has the same content");
  }
  return std::nullopt;
}

}  // namespace

const Attachment* FindAttachment(const CaseRecord& record, std::string_view id) {
  for (const Attachment& attachment : record.attachments()) {
    if (attachment.id() == id) return &attachment;
  }
  return nullptr;
}

std::optional<Rejection> CheckAttachmentSize(uint64_t bytes, const Policy& policy) {
  if (bytes == 0) {
    return RefusedField(FIELD_INVALID, "attachment.bytes", "an empty file says nothing");
  }
  const std::string bytes_max = std::to_string(policy.attachment_bytes_max);
  if (bytes <= policy.attachment_bytes_max) return std::nullopt;
  Rejection rejection = RefusedField(ATTACHMENT_TOO_LARGE, "attachment.bytes",
                                     "a file has at most " + bytes_max + " bytes");
  rejection.allowed.push_back(bytes_max);
  return rejection;
}

Decision DecideWish(const CaseRecord& current, const AttachFile& wish, const Context& context) {
  if (auto refused = CheckWorksOnIt(current, context)) return *refused;
  if (auto refused = CheckAttachment(wish.attachment(), context)) return *refused;
  if (auto refused = CheckContentIsNew(current, wish.attachment())) return *refused;
  if (current.attachments_size() >= kAttachmentsMax) {
    return Refused(ATTACHMENT_TOO_LARGE, current, kWish,
                   "it has " + std::to_string(kAttachmentsMax) + " files, the most there may be");
  }
  Plan plan(current, context);
  Event event;
  *event.mutable_file_attached()->mutable_attachment() = wish.attachment();
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
