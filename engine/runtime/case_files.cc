#include "engine/runtime/case_files.h"

#include <spdlog/spdlog.h>

#include <optional>
#include <utility>
#include <variant>

#include "engine/casework/attachments.h"
#include "engine/runtime/case_store.h"

namespace onewindow {
namespace {

Result<bool> IsNamed(const Reader& store, CaseId case_id, const std::string& address) {
  Result<std::optional<CommittedCase>> found = ReadCase(store, case_id);
  if (!found.ok()) return found.fault();
  return found.value() && FindAttachment(*found.value()->record, address) != nullptr;
}

}  // namespace

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

// A request that was asked again is answered with the file of the first time: this one is another.
Status CaseFiles::Settle(const StoredFile& file, const Answer& answer) const {
  if (std::holds_alternative<Fault>(answer)) return {};
  const auto* accepted = std::get_if<Accepted>(&answer);
  const bool stays = accepted != nullptr && accepted->sequence &&
                     FindAttachment(*accepted->record, file.address) != nullptr;
  return stays ? files_.Settle(file.address) : files_.Remove(file.address);
}

Status CaseFiles::Remove(const CaseRecord& record) const {
  for (const Attachment& attachment : record.attachments()) {
    if (Status removed = files_.Remove(attachment.id()); !removed.ok()) return removed;
  }
  return {};
}

// Without a key nobody can read them: a file that cannot be removed now is not worth a failure.
AnswerCallback CaseFiles::RemoveBefore(AnswerCallback answer) const {
  return [this, answer = std::move(answer)](Answer given) {
    const auto* accepted = std::get_if<Accepted>(&given);
    if (accepted != nullptr && accepted->sequence) {
      const Status removed = Remove(*accepted->record);
      if (!removed.ok()) spdlog::warn("files stay without a key: {}", removed.fault().message);
    }
    answer(std::move(given));
  };
}

Status SettleLeftovers(const FileStore& files, const Reader& store) {
  Result<std::vector<UnsettledFile>> unsettled = files.Unsettled();
  if (!unsettled.ok()) return unsettled.fault();
  for (const UnsettledFile& file : unsettled.value()) {
    Result<bool> named = IsNamed(store, file.case_id, file.address);
    if (!named.ok()) return named.fault();
    Status settled = named.value() ? files.Settle(file.address) : files.Remove(file.address);
    if (!settled.ok()) return settled;
  }
  return {};
}

}  // namespace onewindow
