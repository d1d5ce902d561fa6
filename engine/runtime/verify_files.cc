#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "engine/attachments/file_paths.h"
#include "engine/casework/attachments.h"
#include "engine/runtime/case_files.h"
#include "engine/runtime/case_store.h"
#include "engine/tables/case_head.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

class FileVerification {
 public:
  FileVerification(const Reader& store, const std::string& directory,
                   const ForgottenCases& forgotten, VerifyReport& report)
      : store_(store), root_(AttachmentsPath(directory)), report_(report) {
    for (const ForgottenCase& each : forgotten) listed_.insert(each.case_id.value);
  }

  Status Run() {
    for (const Family family : {families::kOpen, families::kClosed}) {
      if (Status checked = CheckNamed(family); !checked.ok()) return checked;
    }
    return CheckKept();
  }

 private:
  void Find(std::string where, std::string what) {
    ++report_.findings_in_all;
    if (report_.findings.size() < kVerifyFindingsMax) {
      report_.findings.push_back({.where = std::move(where), .what = std::move(what)});
    }
  }

  Status CheckNamed(Family family) {
    Result<ScanEnd> end = store_.Scan(family, KeysWithPrefix(""), {},
                                      [this](std::string_view, std::string_view value) {
                                        CheckFilesOf(value);
                                        return Visit::kContinue;
                                      });
    return end.ok() ? Status() : Status(end.fault());
  }

  bool IsForgotten(const CaseRecord& record) const {
    return record.has_forgotten_at() || listed_.contains(record.id());
  }

  // A record that cannot be read is a finding of its own.
  void CheckFilesOf(std::string_view value) {
    const Result<CaseRecord> record = DecodeRecord(value);
    if (!record.ok() || IsForgotten(record.value())) return;
    for (const Attachment& attachment : record.value().attachments()) {
      ++report_.files;
      const std::string where =
          "file " + attachment.id() + " of case " + std::to_string(record.value().id());
      if (!IsAddress(attachment.id())) {
        Find(where, "has no address");
        continue;
      }
      const Status checked = CheckStoredFile(FilePath(root_, attachment.id()), attachment.id());
      if (checked.ok()) continue;
      Find(where,
           checked.fault().kind == FaultKind::kNotFound ? "is missing" : checked.fault().message);
    }
  }

  Status CheckKept() {
    std::error_code error;
    if (!fs::exists(root_, error)) return {};
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root_, error)) {
      const std::string address = entry.path().filename().string();
      if (!IsAddress(address) || entry.path().string() != FilePath(root_, address)) continue;
      if (Status checked = CheckBelongs(address); !checked.ok()) return checked;
    }
    if (error) return Fault{FaultKind::kIo, root_ + ": " + error.message()};
    return {};
  }

  // What is marked is not settled yet: the next start of a server does that, if it can.
  Status CheckBelongs(const std::string& address) {
    const std::string where = "file " + address;
    const Result<CaseId> case_id = CaseOfFile(FilePath(root_, address));
    if (!case_id.ok()) {
      Find(where, case_id.fault().message);
      return {};
    }
    std::error_code error;
    if (fs::exists(MarkPath(root_, address), error)) return {};
    Result<std::optional<CommittedCase>> found = ReadCase(store_, case_id.value());
    if (!found.ok()) return found.fault();
    if (!found.value() || FindAttachment(*found.value()->record, address) == nullptr) {
      Find(where, "belongs to no case");
    } else if (IsForgotten(*found.value()->record)) {
      Find(where, "is still there, though its person was forgotten");
    }
    return {};
  }

  const Reader& store_;
  const std::string root_;
  std::unordered_set<uint64_t> listed_;  // Cases of forgotten persons, whatever the record says.
  VerifyReport& report_;
};

}  // namespace

Status VerifyFiles(const Reader& store, const std::string& directory,
                   const ForgottenCases& forgotten, VerifyReport& report) {
  return FileVerification(store, directory, forgotten, report).Run();
}

}  // namespace onewindow
