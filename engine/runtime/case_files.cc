#include "engine/runtime/case_files.h"

#include <spdlog/spdlog.h>

#include <optional>
#include <utility>
#include <variant>

#include "engine/casework/attachments.h"
#include "engine/runtime/case_store.h"

namespace onewindow {
namespace {

// What a forgotten person's case names may not be there any more.
Result<bool> MayStay(const Reader& store, CaseId case_id, const std::string& address) {
  Result<std::optional<CommittedCase>> found = ReadCase(store, case_id);
  if (!found.ok()) return found.fault();
  if (!found.value() || found.value()->record->has_forgotten_at()) return false;
  return FindAttachment(*found.value()->record, address) != nullptr;
}

}  // namespace

Status RemoveFilesOf(const CaseRecord& record, const FileStore& files) {
  for (const Attachment& attachment : record.attachments()) {
    if (Status removed = files.Remove(attachment.id()); !removed.ok()) return removed;
  }
  return {};
}

Result<FileWriter> CaseFiles::Begin(CaseId case_id) const {
  Result<SecretKey> key = keys_->Find(case_id);
  if (!key.ok()) return key.fault();
  FileHeader header{.case_id = case_id};
  entropy_->Fill(header.salt);
  return files_.Begin(key.value().bytes, header);
}

Result<FileReader> CaseFiles::Read(CaseId case_id, const std::string& address) const {
  Result<SecretKey> key = keys_->Find(case_id);
  if (!key.ok()) return key.fault();
  return files_.Read(address, key.value().bytes, case_id);
}

// Without a key the deciders say why the case takes no file.
Status CaseFiles::Name(const StoredFile& file, AttachFile& wish) const {
  Attachment& attachment = *wish.mutable_attachment();
  attachment.set_id(file.address);
  Result<SecretKey> key = keys_->Find(CaseId{wish.case_id()});
  if (!key.ok() && key.fault().kind != FaultKind::kNotFound) return key.fault();
  if (key.ok()) attachment.set_content_mac(Vault::ContentMac(key.value(), file.content_sha256));
  return {};
}

// A request that was asked again is answered with the file of the first time: this one is another.
Status CaseFiles::Settle(const StoredFile& file, const Answer& answer) const {
  if (std::holds_alternative<Fault>(answer)) return {};
  const auto* accepted = std::get_if<Accepted>(&answer);
  const bool stays = accepted != nullptr && accepted->sequence &&
                     FindAttachment(*accepted->record, file.address) != nullptr;
  return stays ? files_.Settle(file.address) : files_.Remove(file.address);
}

Status SettleLeftovers(const FileStore& files, const Reader& store) {
  Result<std::vector<UnsettledFile>> unsettled = files.Unsettled();
  if (!unsettled.ok()) return unsettled.fault();
  for (const UnsettledFile& file : unsettled.value()) {
    if (!file.case_id.ok()) {
      spdlog::error("a file stays unsettled: {}", file.case_id.fault().message);
      continue;
    }
    Result<bool> stays = MayStay(store, file.case_id.value(), file.address);
    if (!stays.ok()) return stays.fault();
    Status settled = stays.value() ? files.Settle(file.address) : files.Remove(file.address);
    if (!settled.ok()) return settled;
  }
  return {};
}

}  // namespace onewindow
